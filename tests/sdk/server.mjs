// The product as its users run it: a process of its own, a fresh embedded database, keys that the tests know.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const START_LIMIT_MS = 180_000

export const keys = {
  applicationId: '11111111-1111-4111-8111-111111111111',
  applicationToken: 'test-application-token-0000000000000000000001',
  clientApplicationId: '22222222-2222-4222-8222-222222222222',
  clientToken: 'test-client-token-00000000000000000000000002',
}

// For tests that are not about the limit per address.
export const wideLimit = { 'Limits:Client:Requests': '1000' }

export async function startServer(settings = {}) {
  const assembly = join(root, 'src/Vouchsafe.Server/bin', process.env.CONFIGURATION ?? 'Release', 'net10.0/Vouchsafe.Server.dll')
  if (!existsSync(assembly)) throw new Error(`${assembly} is missing: build first (dotnet build -c Release), or run ./test.sh`)
  const folder = await mkdtemp(join(tmpdir(), 'vouchsafe-sdk-'))
  const url = `http://127.0.0.1:${await freePort()}`
  const child = spawn('dotnet', [assembly], { cwd: folder, env: environment(url, settings), stdio: ['ignore', 'pipe', 'pipe'] })
  const log = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', text => log.push(text))
  const ended = new Promise(resolve => child.once('exit', resolve))
  const server = {
    url,
    async stop() {
      child.kill('SIGKILL')
      await ended
      await rm(folder, { recursive: true })
    },
  }
  try {
    await untilReady(url, child)
  } catch (error) {
    await server.stop()
    throw new Error(`${error.message}\n${log.join('')}`)
  }
  return server
}

function environment(url, settings) {
  const all = {
    'Bootstrap:ApplicationId': keys.applicationId,
    'Bootstrap:ApplicationToken': keys.applicationToken,
    'Bootstrap:ClientApplicationId': keys.clientApplicationId,
    'Bootstrap:ClientToken': keys.clientToken,
    'Bootstrap:WebsiteUrls': 'shop.example',
    'Bootstrap:ClientPermissions': 'all',
    ...settings,
  }
  const variables = Object.entries(all).map(([name, value]) => ['VOUCHSAFE_' + name.replaceAll(':', '__'), value])
  return { ...process.env, ...Object.fromEntries(variables), ASPNETCORE_URLS: url, DOTNET_gcServer: '0' }
}

async function untilReady(url, child) {
  const end = Date.now() + START_LIMIT_MS
  while (Date.now() < end && child.exitCode === null) {
    const ready = await fetch(url + '/health/ready').then(r => r.ok, () => false)
    if (ready) return
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  throw new Error('The server did not become ready:')
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

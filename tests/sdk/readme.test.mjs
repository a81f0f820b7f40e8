// The README's program for @voucherify/sdk, as it is printed there.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { serverSide } from './clients.mjs'
import { keys, startServer } from './server.mjs'

test('the program of the README works with the address and the keys put in', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
  const printed = [...readme.matchAll(/```js\n(.*?)```/gs)].map(m => m[1]).find(text => text.includes('VoucherifyServerSide'))
  assert.ok(printed, 'the README shows no program')

  const server = await startServer()
  try {
    const program = printed
      .replace('http://localhost:8010', server.url)
      .replace(/applicationId: '\.\.\.'/, `applicationId: '${keys.applicationId}'`)
      .replace(/secretKey: '\.\.\.'/, `secretKey: '${keys.applicationToken}'`)
    assert.ok(!program.includes("'...'") && program.includes(server.url))
    const AsyncFunction = (async () => {}).constructor
    await new AsyncFunction('require', program)(createRequire(import.meta.url))

    const voucher = await serverSide(server).vouchers.get('SPRING-15')
    assert.equal(voucher.redemption.redeemed_quantity, 1)
  } finally {
    await server.stop()
  }
})

// What the published clients can read of the limits.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clientSide, nodeClient, refusal, serverSide } from './clients.mjs'
import { startServer, wideLimit } from './server.mjs'

async function withServer(settings, body) {
  const server = await startServer(settings)
  try {
    await body(server)
  } finally {
    await server.stop()
  }
}

test('the handler of the limits reads the headers of the last answer', () => withServer({ 'Limits:Server:RequestsPerMinute': '50' }, async server => {
  const client = serverSide(server)
  assert.equal(client.apiLimitsHandler.areLimitsAvailable(), false)

  await client.vouchers.list()
  const first = client.apiLimitsHandler.getRateLimitRemaining()
  await client.vouchers.list()

  assert.equal(client.apiLimitsHandler.areLimitsAvailable(), true)
  assert.equal(client.apiLimitsHandler.getRateLimit(), 50)
  assert.ok(first < 50 && client.apiLimitsHandler.getRateLimitRemaining() < first)
}))

test('without a limit of the project the headers are there too', () => withServer({}, async server => {
  const client = serverSide(server)
  await client.vouchers.list()

  assert.ok(client.apiLimitsHandler.getRateLimit() > 0)
  assert.ok(client.apiLimitsHandler.getRateLimitRemaining() > 0)
}))

test('a call too many is a typed 429 whose cause tells when to come back', () => withServer({ 'Limits:Server:RequestsPerMinute': '3' }, async server => {
  const client = serverSide(server, { exposeErrorCause: true })
  const answers = await Promise.allSettled(Array.from({ length: 12 }, () => client.vouchers.list()))
  const errors = answers.filter(a => a.status === 'rejected').map(a => a.reason)

  assert.ok(errors.length > 0, 'no call was refused')
  for (const error of errors) {
    assert.equal(error.code, 429)
    assert.equal(error.key, 'too_many_requests')
    const { headers, status } = error.cause.response
    assert.equal(status, 429)
    assert.equal(headers['x-rate-limit-limit'], '3')
    assert.equal(headers['x-rate-limit-remaining'], '0')
    assert.ok(Number(headers['retry-after']) >= 1 && Number(headers['retry-after']) <= 60)
    assert.ok(headers['x-rate-limit-type'])
  }
  const old = await refusal(nodeClient(server).vouchers.list())
  assert.deepEqual([old.code, old.key], [429, 'too_many_requests'])
}))

test('the sixth call of an address within five seconds is refused, and the client side can say until when', () => withServer({}, async server => {
  const client = clientSide(server, { exposeErrorCause: true })
  const answers = await Promise.allSettled(Array.from({ length: 9 }, () => client.validate('WELCOME-10')))
  const errors = answers.filter(a => a.status === 'rejected').map(a => a.reason)

  assert.equal(errors.length, 4)
  for (const error of errors) {
    assert.deepEqual([error.code, error.key, error.message], [429, 'too_many_requests', 'XHR error happened.'])
    assert.equal(error.cause.response.headers['x-rate-limit-limit'], '5')
    assert.ok(Number(error.cause.response.headers['retry-after']) >= 1)
    assert.deepEqual(error.cause.response.data.context, { readyState: 4, responseText: 'API calls limit exceeded.', status: 429, statusText: 'Too Many Requests' })
  }
}))

test('the limits of the two channels do not touch each other', () => withServer(wideLimit, async server => {
  await Promise.all(Array.from({ length: 30 }, () => clientSide(server).validate('WELCOME-10')))
  const list = await serverSide(server).vouchers.list()

  assert.equal(list.total, 1)
}))

// @voucherify/sdk 2.9.0, client side, as a page rendered on a server uses it: it names the page's origin itself.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { clientSide, refusal, serverSide } from './clients.mjs'
import { keys, startServer, wideLimit } from './server.mjs'

let server, shop, page
before(async () => {
  server = await startServer(wideLimit)
  shop = serverSide(server)
  page = clientSide(server)
  await shop.vouchers.create({ code: 'PAGE-5', type: 'DISCOUNT_VOUCHER', discount: { type: 'AMOUNT', amount_off: 500 } })
})
after(() => server?.stop())

test('a code is validated and redeemed for the customer that the page names', async () => {
  const valid = await page.validate({ code: ' PAGE-5 ', amount: 3000, customer: { source_id: 'ivan' }, metadata: { a: 1 }, orderMetadata: { b: true } })
  const redeemed = await page.redeem('PAGE-5', { order: { amount: 3000 }, customer: { source_id: 'ivan' } })

  assert.equal(valid.valid, true)
  assert.equal(valid.order.total_amount, 2500)
  assert.equal(redeemed.result, 'SUCCESS')
  assert.equal((await shop.customers.get('ivan')).source_id, 'ivan')
})

test('items arrive in the order of the page', async () => {
  const valid = await page.validate({ code: 'PAGE-5', amount: 7000, items: [
    { source_id: 'cup', related_object: 'product', quantity: 2, price: 1500 }, { source_id: 'pot', related_object: 'product', quantity: 1, price: 4000 },
  ] })

  assert.equal(valid.valid, true)
  assert.equal(valid.order.amount, 7000)
  assert.equal(valid.order.items.length, 2)
})

test('the identity set on the client stands for the visitor', async () => {
  const known = clientSide(server, { trackingId: 'judy' })
  const valid = await known.validate({ code: 'PAGE-5', amount: 1000 })
  await known.redeem('PAGE-5', { order: { amount: 1000 } })

  assert.ok(valid.tracking_id)
  assert.equal((await shop.customers.get('judy')).source_id, 'judy')
})

test('stacks are validated and redeemed', async () => {
  const stack = { redeemables: [{ object: 'voucher', id: 'PAGE-5' }], order: { amount: 2000 }, customer: { source_id: 'kim' } }
  const valid = await page.validateStackable(stack)
  const redeemed = await page.redeemStackable(stack)

  assert.equal(valid.valid, true)
  assert.equal(redeemed.redemptions[0].result, 'SUCCESS')
  assert.equal(redeemed.order.total_amount, 1500)
})

test('vouchers are listed, customers and events made, consents asked for', async () => {
  const listed = await page.listVouchers({ limit: 10 })
  const customer = await page.createCustomer({ source_id: 'liam', name: 'Liam' })
  const tracked = await page.track('basket filled', { source_id: 'liam' }, { cups: 2 })
  const consents = await page.listConsents()
  await page.updateConsents('liam', {})

  assert.ok(listed.vouchers.some(v => v.code === 'PAGE-5'))
  assert.equal(customer.source_id, 'liam')
  assert.equal(tracked.type, 'basket filled')
  assert.ok(consents.consents)
  assert.equal((await shop.customers.get('liam')).name, 'Liam')
})

test('another origin is refused and nothing happens', async () => {
  const before = (await shop.vouchers.get('PAGE-5')).redemption.redeemed_quantity
  for (const origin of ['https://stranger.example', 'https://shop.example.stranger.example', 'https://www.shop.example', 'null', '']) {
    const stranger = clientSide(server, { origin })
    assert.equal((await refusal(stranger.validate('PAGE-5'))).code, 403, origin)
    assert.equal((await refusal(stranger.redeem('PAGE-5', { customer: { source_id: 'mallory' } }))).code, 403, origin)
    assert.equal((await refusal(stranger.createCustomer({ source_id: 'mallory' }))).code, 403, origin)
  }

  assert.equal((await shop.vouchers.get('PAGE-5')).redemption.redeemed_quantity, before)
  assert.equal((await refusal(shop.customers.get('mallory'))).code, 404)
})

test('the keys of one channel are worth nothing on the other', async () => {
  const onPublic = clientSide(server, { clientApplicationId: keys.applicationId, clientSecretKey: keys.applicationToken })
  const onPrivate = serverSide(server, { applicationId: keys.clientApplicationId, secretKey: keys.clientToken })

  assert.equal((await refusal(onPublic.validate('PAGE-5'))).code, 401)
  assert.equal((await refusal(onPrivate.vouchers.list())).code, 401)
})

test('the tracking id of an answer names the same visitor again; one made up is only a name', async () => {
  const first = (await page.validate({ code: 'PAGE-5', amount: 1000 })).tracking_id
  const again = (await page.validate({ code: 'PAGE-5', amount: 1000, tracking_id: first })).tracking_id
  const madeUp = [1, 2, 3, 4].map(blocks => 'track_' + Buffer.alloc(16 * blocks, 7).toString('base64url'))
  const answers = await Promise.all([...madeUp, 'track_', 'track_%', first.slice(0, -3)].map(id => page.validate({ code: 'PAGE-5', amount: 1000, tracking_id: id })))

  assert.equal(again, first)
  assert.ok(answers.every(a => a.valid && a.tracking_id))
})

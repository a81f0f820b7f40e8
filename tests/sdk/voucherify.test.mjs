// voucherify 5.2.0, the older client of Node.js: promises and callbacks.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { nodeClient, refusal } from './clients.mjs'
import { startServer } from './server.mjs'

const percent = percent_off => ({ type: 'DISCOUNT_VOUCHER', discount: { type: 'PERCENT', percent_off } })
const amount = amount_off => ({ type: 'DISCOUNT_VOUCHER', discount: { type: 'AMOUNT', amount_off } })

let server, client
before(async () => {
  server = await startServer()
  client = nodeClient(server)
})
after(() => server?.stop())

test('a voucher is created, read, listed, changed, switched and deleted', async () => {
  const created = await client.vouchers.create({ code: 'OLD-1', ...percent(20), metadata: { team: 'blue' } })
  const generated = await client.vouchers.create(percent(5))
  const changed = await client.vouchers.update({ code: 'OLD-1', metadata: { team: 'red' } })
  await client.vouchers.disable('OLD-1')
  const off = (await client.vouchers.get('OLD-1')).active
  await client.vouchers.enable('OLD-1')
  const listed = await client.vouchers.list({ limit: 100 })

  assert.equal(created.code, 'OLD-1')
  assert.ok(generated.code.length >= 8)
  assert.equal(changed.metadata.team, 'red')
  assert.equal(off, false)
  assert.equal((await client.vouchers.get('OLD-1')).active, true)
  assert.ok(listed.vouchers.some(v => v.code === 'OLD-1'))

  await client.vouchers.delete('OLD-1', { force: true })
  assert.equal((await refusal(client.vouchers.get('OLD-1'))).code, 404)
})

test('callbacks get answers and errors', async () => {
  const list = await new Promise((resolve, reject) => client.vouchers.list((error, body) => error ? reject(error) : resolve(body)))
  const error = await new Promise(resolve => client.vouchers.get('NOT-THERE', resolve))

  assert.ok(Array.isArray(list.vouchers))
  assert.deepEqual([error.code, error.key, error.resource_id], [404, 'not_found', 'NOT-THERE'])
  assert.ok(error instanceof Error)
})

test('a code is validated, redeemed to its limit and rolled back', async () => {
  await client.vouchers.create({ code: 'ONCE', ...amount(700), redemption: { quantity: 1 } })

  const valid = await client.validations.validateVoucher('ONCE', { order: { amount: 5000 } })
  const redeemed = await client.redemptions.redeem('ONCE', { order: { amount: 5000 }, customer: { source_id: 'alice' } })
  const again = await refusal(client.redemptions.redeem('ONCE', { order: { amount: 5000 } }))
  const ofVoucher = await client.redemptions.getForVoucher('ONCE')
  const listed = await client.redemptions.list({ limit: 10 })
  const rolledBack = await client.redemptions.rollback(redeemed.id, { reason: 'broken', customer: { source_id: 'alice' } })

  assert.equal(valid.valid, true)
  assert.equal(redeemed.order.total_amount, 4300)
  assert.deepEqual([again.code, again.key], [400, 'quantity_exceeded'])
  assert.equal(ofVoucher.redemption_entries.filter(r => r.result === 'SUCCESS').length, 1)
  assert.ok(listed.redemptions.some(r => r.id === redeemed.id))
  assert.equal(rolledBack.reason, 'broken')
  assert.equal((await client.vouchers.get('ONCE')).redemption.redeemed_quantity, 0)
})

test('a gift card is topped up and spent', async () => {
  await client.vouchers.create({ code: 'OLD-CARD', type: 'GIFT_VOUCHER', gift: { amount: 1000 } })

  const toppedUp = await client.vouchers.balance.create('OLD-CARD', { amount: 250 })
  await client.redemptions.redeem('OLD-CARD', { order: { amount: 1200 } })

  assert.equal(toppedUp.balance, 1250)
  assert.equal((await client.vouchers.get('OLD-CARD')).gift.balance, 50)
})

test('customers, also page by page', async () => {
  for (const name of ['bob', 'carol', 'dave']) await client.customers.create({ source_id: name, name })
  const changed = await client.customers.update({ source_id: 'bob', name: 'Bobby' })
  const scrolled = []
  for await (const customer of client.customers.scroll({ limit: 2 })) {
    scrolled.push(customer.source_id)
    assert.ok(scrolled.length < 1000, 'the scroll does not end')
  }

  assert.equal(changed.name, 'Bobby')
  for (const name of ['bob', 'carol', 'dave']) assert.ok(scrolled.includes(name), `${name} in ${scrolled}`)
  assert.equal(new Set(scrolled).size, scrolled.length)
  await client.customers.delete('bob')
  assert.equal((await refusal(client.customers.get('bob'))).code, 404)
})

test('orders, products and variants', async () => {
  const product = await client.products.create({ source_id: 'pot', name: 'Pot', price: 4000 })
  const sku = await client.products.createSku(product.id, { source_id: 'pot-blue', sku: 'blue', price: 4200 })
  await client.products.update({ id: product.id, price: 3900 })
  await client.products.updateSku(product.id, { id: sku.id, price: 4100 })
  const order = await client.orders.create({ source_id: 'o-1', items: [{ product_id: product.id, quantity: 2 }] })
  const paid = await client.orders.update({ id: order.id, status: 'PAID' })

  assert.equal((await client.products.get('pot')).price, 3900)
  assert.equal((await client.products.listSkus(product.id)).skus.length, 1)
  assert.equal(order.amount, 7800)
  assert.equal(paid.status, 'PAID')
  assert.ok((await client.orders.list({ limit: 10 })).orders.length >= 1)
  await client.products.deleteSku(product.id, sku.id)
  await client.products.delete(product.id)
})

test('campaigns and publications', async () => {
  await client.campaigns.create({ name: 'Old', campaign_type: 'DISCOUNT_COUPONS', type: 'AUTO_UPDATE', vouchers_count: 1, voucher: percent(10) })
  const added = await client.campaigns.addVoucher('Old', {})
  const publication = await client.distributions.publications.create({ campaign: { name: 'Old' }, customer: { source_id: 'erin' } })

  assert.equal((await client.campaigns.get('Old')).name, 'Old')
  assert.equal(added.campaign, 'Old')
  assert.equal(publication.voucher.campaign, 'Old')
  assert.ok((await client.distributions.publications.list({ limit: 5 })).publications.length >= 1)
  await client.campaigns.delete('Old', { force: true })
})

test('promotions and validation rules', async () => {
  const campaign = await client.promotions.create({
    name: 'Old promotion', campaign_type: 'PROMOTION', promotion: { tiers: [{ name: 'Ten', banner: 'ten', action: { discount: { type: 'PERCENT', percent_off: 10 } } }] },
  })
  const { tiers } = await client.promotions.tiers.list(campaign.id)
  const rule = await client.validationRules.create({ name: 'Old rule', type: 'basic', rules: { 1: { name: 'order.amount', conditions: { $more_than: [1000] } }, logic: '1' } })
  const assignment = await client.validationRules.createAssignment(rule.id, { related_object_type: 'promotion_tier', related_object_id: tiers[0].id })
  const small = await client.promotions.validate({ order: { amount: 900 } })
  const big = await client.promotions.validate({ order: { amount: 1100 } })

  assert.equal(small.promotions?.length ?? 0, 0)
  assert.equal(big.promotions.length, 1)
  await client.validationRules.deleteAssignment(rule.id, assignment.id)
  await client.validationRules.delete(rule.id)
  await client.promotions.tiers.delete(tiers[0].id)
})

test('a wrong secret is a 401, not a puzzle', async () => {
  const error = await refusal(nodeClient(server, { clientSecretKey: 'wrong' }).vouchers.list())

  assert.equal(error.code, 401)
  assert.ok(error.message)
})

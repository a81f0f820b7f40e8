// @voucherify/sdk 2.9.0, server side.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { refusal, serverSide } from './clients.mjs'
import { startServer } from './server.mjs'

const percent = percent_off => ({ type: 'DISCOUNT_VOUCHER', discount: { type: 'PERCENT', percent_off, effect: 'APPLY_TO_ORDER' } })
const amount = amount_off => ({ type: 'DISCOUNT_VOUCHER', discount: { type: 'AMOUNT', amount_off, effect: 'APPLY_TO_ORDER' } })
const gift = cents => ({ type: 'GIFT_VOUCHER', gift: { amount: cents, effect: 'APPLY_TO_ORDER' } })

let server, client
before(async () => {
  server = await startServer()
  client = serverSide(server)
})
after(() => server?.stop())

test('a voucher is created, read, listed, changed, switched and deleted', async () => {
  const created = await client.vouchers.create({ code: 'CRUD-1', ...percent(20), metadata: { team: 'blue' }, redemption: { quantity: 3 } })
  const generated = await client.vouchers.create({ ...amount(500), code_config: { pattern: 'SUM-####-##' } })
  const read = await client.vouchers.get('CRUD-1')
  const changed = await client.vouchers.update({ code: 'CRUD-1', metadata: { team: 'red' }, additional_info: 'noted' })
  await client.vouchers.disable('CRUD-1')
  const off = await client.vouchers.get('CRUD-1')
  await client.vouchers.enable('CRUD-1')
  const on = await client.vouchers.get('CRUD-1')
  const listed = await client.vouchers.list({ limit: 100, order: '-created_at' })

  assert.equal(created.code, 'CRUD-1')
  assert.match(created.id, /^v_/)
  assert.match(generated.code, /^SUM-.{4}-.{2}$/)
  assert.equal(read.redemption.quantity, 3)
  assert.equal(changed.metadata.team, 'red')
  assert.equal(changed.additional_info, 'noted')
  assert.deepEqual([off.active, on.active], [false, true])
  assert.ok(listed.vouchers.some(v => v.code === 'CRUD-1'))
  assert.equal(listed.total >= 2, true)

  await client.vouchers.delete('CRUD-1', { force: true })
  assert.equal((await refusal(client.vouchers.get('CRUD-1'))).code, 404)
})

test('a code is validated, redeemed until its limit, and no further', async () => {
  await client.vouchers.create({ code: 'TWICE', ...amount(700), redemption: { quantity: 2 } })

  const valid = await client.validations.validateVoucher('TWICE', { order: { amount: 5000 } })
  const first = await client.redemptions.redeem('TWICE', { order: { amount: 5000 }, customer: { source_id: 'alice' }, metadata: { till: 4 } })
  await client.redemptions.redeem('TWICE', { order: { amount: 5000 } })
  const spent = await client.validations.validateVoucher('TWICE', { order: { amount: 5000 } })
  const third = await refusal(client.redemptions.redeem('TWICE', { order: { amount: 5000 } }))

  assert.equal(valid.valid, true)
  assert.equal(valid.order.total_amount, 4300)
  assert.equal(first.result, 'SUCCESS')
  assert.equal(first.order.total_discount_amount, 700)
  assert.equal(spent.valid, false)
  assert.equal(third.code, 400)
  assert.equal(third.key, 'quantity_exceeded')
  assert.equal((await client.vouchers.get('TWICE')).redemption.redeemed_quantity, 2)

  const listed = await client.redemptions.list({ limit: 100, result: 'SUCCESS' })
  const ofVoucher = await client.redemptions.getForVoucher('TWICE')
  const read = await client.redemptions.get(first.id)
  assert.ok(listed.redemptions.some(r => r.id === first.id))
  assert.equal(ofVoucher.redemption_entries.filter(r => r.result === 'SUCCESS').length, 2)
  assert.equal(read.metadata.till, 4)
})

test('a redemption is rolled back once', async () => {
  await client.vouchers.create({ code: 'BACK', ...amount(100), redemption: { quantity: 1 } })
  const redeemed = await client.redemptions.redeem('BACK', { order: { amount: 900 } })

  const rolledBack = await client.redemptions.rollback(redeemed.id, { reason: 'returned goods' })
  const again = await refusal(client.redemptions.rollback(redeemed.id, 'once more'))

  assert.equal(rolledBack.result, 'SUCCESS')
  assert.equal(rolledBack.reason, 'returned goods')
  assert.equal(again.code, 400)
  assert.equal((await client.vouchers.get('BACK')).redemption.redeemed_quantity, 0)
})

test('a gift card is spent, topped up and never overdrawn', async () => {
  await client.vouchers.create({ code: 'CARD', ...gift(10000) })

  const toppedUp = await client.vouchers.balance.create('CARD', { amount: 500 })
  await client.redemptions.redeem('CARD', { order: { amount: 8000 }, gift: { credits: 8000 } })
  const card = await client.vouchers.get('CARD')
  const tooMuch = await refusal(client.redemptions.redeem('CARD', { order: { amount: 9000 }, gift: { credits: 9000 } }))
  const transactions = await client.vouchers.listTransactions('CARD')

  assert.equal(toppedUp.balance, 10500)
  assert.equal(card.gift.balance, 2500)
  assert.equal(tooMuch.code, 400)
  assert.equal((await client.vouchers.get('CARD')).gift.balance, 2500)
  assert.equal(transactions.data.length, 2)
})

test('a stack is validated, redeemed and rolled back as one', async () => {
  await client.vouchers.create({ code: 'STACK-A', ...amount(1000) })
  await client.vouchers.create({ code: 'STACK-B', ...percent(10) })
  const stack = { redeemables: [{ object: 'voucher', id: 'STACK-A' }, { object: 'voucher', id: 'STACK-B' }], order: { amount: 11000 }, customer: { source_id: 'bob' } }

  const valid = await client.validations.validateStackable(stack)
  const redeemed = await client.redemptions.redeemStackable(stack)

  assert.equal(valid.valid, true)
  assert.equal(valid.redeemables.length, 2)
  assert.equal(valid.order.total_discount_amount, 2000)
  assert.equal(redeemed.redemptions.length, 2)
  assert.equal(redeemed.order.total_amount, 9000)

  const parent = redeemed.parent_redemption.id
  const answer = await fetch(`${server.url}/v1/redemptions/${parent}/rollbacks`, {
    method: 'POST', headers: { 'X-App-Id': '11111111-1111-4111-8111-111111111111', 'X-App-Token': 'test-application-token-0000000000000000000001' },
  })
  assert.equal(answer.status, 200) // this client has no method for it
  assert.equal((await client.vouchers.get('STACK-A')).redemption.redeemed_quantity, 0)
})

test('a customer is created, found by both ids, changed, scrolled through and deleted', async () => {
  const created = await client.customers.create({ source_id: 'carol', name: 'Carol', email: 'carol@shop.example', metadata: { plan: 'gold' } })
  const found = await client.customers.get('carol')
  const changed = await client.customers.update({ source_id: 'carol', name: 'Carola' })
  const listed = await client.customers.list({ email: 'carol@shop.example' })
  const scrolled = []
  for await (const customer of client.customers.scroll({ limit: 1 })) {
    scrolled.push(customer.id)
    assert.ok(scrolled.length < 1000, 'the scroll does not end')
  }

  assert.equal(found.id, created.id)
  assert.equal((await client.customers.get(created.id)).source_id, 'carol')
  assert.equal(changed.name, 'Carola')
  assert.deepEqual(listed.customers.map(c => c.source_id), ['carol'])
  assert.ok(scrolled.includes(created.id))

  await client.customers.delete('carol')
  assert.equal((await refusal(client.customers.get('carol'))).code, 404)
})

test('orders are created, read, changed and listed', async () => {
  const created = await client.orders.create({ source_id: 'order-1', items: [{ quantity: 2, price: 1500, product: { name: 'Cup' } }], customer: { source_id: 'dave' } })
  const changed = await client.orders.update({ source_id: 'order-1', status: 'PAID' })
  const read = await client.orders.get(created.id)
  const listed = await client.orders.list({ limit: 10 })

  assert.equal(created.amount, 3000)
  assert.equal(changed.status, 'PAID')
  assert.equal(read.source_id, 'order-1')
  assert.ok(listed.orders.some(o => o.id === created.id))
})

test('products, their variants and collections', async () => {
  const product = await client.products.create({ source_id: 'cup', name: 'Cup', price: 1500, attributes: ['colour'] })
  const sku = await client.products.createSku(product.id, { source_id: 'cup-red', sku: 'red cup', price: 1600, attributes: { colour: 'red' } })
  const changed = await client.products.update({ id: product.id, price: 1400 })
  const changedSku = await client.products.updateSku(product.id, { id: sku.id, price: 1700 })
  const collection = await client.productCollections.create({ name: 'Cups', type: 'STATIC', products: [{ id: product.id, object: 'product' }] })
  const inside = await client.productCollections.listProducts(collection.id)

  assert.equal(changed.price, 1400)
  assert.equal(changedSku.price, 1700)
  assert.equal((await client.products.getSku(sku.id)).source_id, 'cup-red')
  assert.equal((await client.products.listSkus(product.id)).skus.length, 1)
  assert.ok((await client.products.list({ limit: 100 })).products.some(p => p.id === product.id))
  assert.deepEqual(inside.data.map(p => p.id), [product.id])

  await client.productCollections.delete(collection.id)
  await client.products.deleteSku(product.id, sku.id)
  await client.products.delete(product.id)
  assert.equal((await refusal(client.products.get(product.id))).code, 404)
})

test('categories', async () => {
  const category = await client.categories.create({ name: 'Seasonal', hierarchy: 3 })
  await client.categories.update(category.id, { name: 'Season', hierarchy: 2 })

  assert.equal((await client.categories.get(category.id)).name, 'Season')
  assert.ok((await client.categories.list()).data.some(c => c.id === category.id))
  await client.categories.delete(category.id)
})

test('a campaign makes codes, gives one to a customer, and is switched off with all of them', async () => {
  const campaign = await client.campaigns.create({
    name: 'Autumn', campaign_type: 'DISCOUNT_COUPONS', type: 'STATIC', vouchers_count: 3, voucher: { ...percent(15), redemption: { quantity: 1 } },
  })
  const settled = await until(() => client.campaigns.get('Autumn'), c => c.vouchers_generation_status === 'DONE')
  const added = await client.campaigns.addVoucher('Autumn', { metadata: { by: 'hand' } })
  const certain = await client.campaigns.addCertainVoucher('Autumn', 'AUTUMN-VIP')
  const publication = await client.distributions.publications.create({ campaign: { name: 'Autumn' }, customer: { source_id: 'erin' }, metadata: { mail: 7 } })
  const listed = await client.distributions.publications.list({ limit: 10 })

  assert.equal(settled.id, campaign.id)
  assert.equal(added.campaign, 'Autumn')
  assert.equal(certain.code, 'AUTUMN-VIP')
  assert.equal(publication.voucher.campaign, 'Autumn')
  assert.ok(listed.publications.some(p => p.id === publication.id))
  assert.equal((await client.vouchers.list({ campaign: 'Autumn', limit: 10 })).total, 5)
  assert.ok((await client.campaigns.list({ limit: 10 })).campaigns.some(c => c.id === campaign.id))

  await client.campaigns.disable(campaign.id)
  assert.equal((await client.validations.validateVoucher('AUTUMN-VIP', { order: { amount: 1000 } })).valid, false)
  await client.campaigns.enable(campaign.id)
  assert.equal((await client.validations.validateVoucher('AUTUMN-VIP', { order: { amount: 1000 } })).valid, true)
  await client.campaigns.delete('Autumn', { force: true })
})

test('promotions: tiers and stacks are made, validated and redeemed', async () => {
  const campaign = await client.promotions.create({
    name: 'Everyone', campaign_type: 'PROMOTION',
    promotion: { tiers: [{ name: 'Ten', banner: '10 % for everyone', action: { discount: { type: 'PERCENT', percent_off: 10 } } }] },
  })
  const second = await client.promotions.tiers.create(campaign.id, { name: 'Five', banner: '5 less', action: { discount: { type: 'AMOUNT', amount_off: 500 } } })
  const { tiers } = await client.promotions.tiers.list(campaign.id)
  const stack = await client.promotions.stack.createInCampaign(campaign.id, { name: 'Both', tiers: { ids: tiers.map(t => t.id) } })
  const offered = await client.promotions.validate({ order: { amount: 20000 }, customer: { source_id: 'frank' } })
  const redeemed = await client.redemptions.redeemStackable({ redeemables: [{ object: 'promotion_tier', id: second.id }], order: { amount: 20000 } })

  assert.equal(tiers.length, 2)
  assert.equal((await client.promotions.tiers.get(second.id)).banner, '5 less')
  assert.ok((await client.promotions.tiers.listAll({ limit: 10 })).tiers.length >= 2)
  assert.equal((await client.promotions.stack.get(campaign.id, stack.id)).name, 'Both')
  assert.ok((await client.promotions.stack.listInCampaign(campaign.id)).data.some(s => s.id === stack.id))
  assert.equal(offered.valid, true)
  assert.equal(offered.promotions.length >= 2, true)
  assert.equal(redeemed.order.total_amount, 19500)

  const changed = await client.promotions.tiers.update({ id: second.id, name: 'Five less' })
  assert.equal(changed.name, 'Five less')
  await client.promotions.stack.delete(campaign.id, stack.id)
  await client.promotions.tiers.delete(second.id)
  await client.campaigns.delete(campaign.id, { force: true })
})

test('a validation rule is written, assigned, obeyed and removed', async () => {
  const rule = await client.validationRules.create({
    name: 'From 100', type: 'basic', rules: { 1: { name: 'order.amount', conditions: { $more_than: [10000] } }, logic: '1' },
  })
  await client.vouchers.create({ code: 'RULED', ...amount(1000) })
  const assignment = await client.validationRules.createAssignment(rule.id, { voucher: 'RULED' })
  const small = await client.validations.validateVoucher('RULED', { order: { amount: 9000 } })
  const big = await client.validations.validateVoucher('RULED', { order: { amount: 12000 } })

  assert.deepEqual([small.valid, big.valid], [false, true])
  assert.ok((await client.validationRules.list({ limit: 100 })).data.some(r => r.id === rule.id))
  assert.deepEqual((await client.validationRules.listAssignments(rule.id)).data.map(a => a.id), [assignment.id])
  assert.equal((await client.validationRules.get(rule.id)).name, 'From 100')

  await client.validationRules.deleteAssignment(rule.id, assignment.id)
  assert.equal((await client.validations.validateVoucher('RULED', { order: { amount: 9000 } })).valid, true)
  await client.validationRules.delete(rule.id)
})

test('qualifications say what a customer could use', async () => {
  await client.vouchers.create({ code: 'QUALIFIES', ...amount(300) })

  const found = await client.qualifications.checkEligibility({ customer: { source_id: 'grace' }, order: { amount: 4000 }, scenario: 'ALL', options: { limit: 20 } })

  assert.ok(found.redeemables.data.some(r => r.id === 'QUALIFIES'))
})

test('the older qualifications say which vouchers and campaigns hold', async () => {
  await client.vouchers.create({ code: 'EXAMINED', ...amount(300) })
  await client.campaigns.create({ name: 'Examined', campaign_type: 'DISCOUNT_COUPONS', type: 'AUTO_UPDATE', voucher: percent(5) })
  const context = { customer: { source_id: 'grace' }, order: { amount: 4000 } }

  const vouchers = await client.vouchers.qualifications.examine(context, { limit: 50, order: '-created_at' })
  const campaigns = await client.campaigns.qualifications.examine(context, { audienceRulesOnly: true, limit: 50 })

  assert.ok(vouchers.data.some(v => v.code === 'EXAMINED'))
  assert.ok(campaigns.data.some(c => c.name === 'Examined'))
  assert.match(vouchers.tracking_id, /^track_/)
})

test('a customer\'s history and holdings', async () => {
  await client.vouchers.create({ code: 'HISTORY', ...amount(300) })
  await client.distributions.publications.create({ voucher: 'HISTORY', customer: { source_id: 'hugo' } })
  await client.redemptions.redeem('HISTORY', { order: { amount: 4000 }, customer: { source_id: 'hugo' } })

  const activity = await client.customers.listActivity('hugo', { limit: 1, type: 'customer.redemption.succeeded' })
  const activities = await client.customers.listActivities('hugo', { limit: 100, order: '-created_at' })
  const held = await client.customers.listRedeemables('hugo', { limit: 10, filters: { holder_role: { conditions: { $is: 'OWNER' } } } })

  assert.equal(activity.data[0].data.redemption.voucher.code, 'HISTORY')
  assert.equal(activities.total, activities.data.length)
  assert.ok(activities.data.some(a => a.type === 'customer.publication.succeeded'))
  assert.deepEqual(held.data.map(h => [h.redeemable.voucher.code, h.redeemable.status]), [['HISTORY', 'ACTIVE']])
})

test('many are changed in the background', async () => {
  await client.vouchers.create({ code: 'IN-BULK', ...amount(300) })
  const actions = [
    await client.vouchers.bulkUpdateMetadata({ codes: ['IN-BULK'], metadata: { season: 'fall' } }),
    await client.customers.updateMetadataInBulk({ source_ids: ['ivan'], metadata: { tier: 1 } }),
    await client.products.bulkUpdate([{ source_id: 'bulk-cup', name: 'Cup' }]),
  ]
  for (const { async_action_id } of actions) {
    const action = await until(() => client.asyncActions.get(async_action_id), a => a.status === 'DONE')
    assert.equal(action.operation_status, 'SUCCESS')
  }

  assert.equal((await client.vouchers.get('IN-BULK')).metadata.season, 'fall')
  assert.equal((await client.customers.get('ivan')).metadata.tier, 1)
  assert.equal((await client.products.get('bulk-cup')).name, 'Cup')
})

test('segments', async () => {
  await client.customers.create({ source_id: 'heidi', metadata: { plan: 'silver' } })
  const segment = await client.segments.create({ name: 'Silver', type: 'auto-update', filter: { junction: 'and', 'metadata.plan': { conditions: { $is: ['silver'] } } } })

  assert.equal((await client.segments.get(segment.id)).name, 'Silver')
  await client.segments.delete(segment.id)
})

test('work in the background is found by its id', async () => {
  const { data } = await client.campaigns.create({
    name: 'Background', campaign_type: 'DISCOUNT_COUPONS', type: 'STATIC', vouchers_count: 20, voucher: percent(5),
  }).then(() => client.asyncActions.list({ limit: 10 })).then(list => ({ data: list.async_actions ?? list.data ?? [] }))

  assert.ok(Array.isArray(data))
  if (data.length > 0) assert.equal((await client.asyncActions.get(data[0].id)).id, data[0].id)
})

test('codes that need escaping arrive whole', async () => {
  for (const code of ['PLUS+1', 'A/B', '50 %', 'q?x=1&y', 'ÅÄÖ-1', 'a%2Fb']) {
    await client.vouchers.create({ code, ...amount(100) })
    assert.equal((await client.vouchers.get(code)).code, code)
    assert.equal((await client.redemptions.redeem(code, { order: { amount: 500 } })).voucher.code, code)
  }
})

test('an error arrives as the client\'s own type with every member', async () => {
  const missing = await refusal(client.vouchers.get('NOT-THERE'))
  const duplicate = await client.vouchers.create({ code: 'DUP', ...amount(1) }).then(() => refusal(client.vouchers.create({ code: 'DUP', ...amount(1) })))
  const invalid = await refusal(client.vouchers.create({ code: 'BAD', type: 'DISCOUNT_VOUCHER', discount: { type: 'PERCENT', percent_off: 120 } }))
  const stranger = await refusal(serverSide(server, { secretKey: 'wrong' }).vouchers.list())

  assert.ok(missing instanceof Error)
  assert.deepEqual([missing.code, missing.key, missing.resource_id, missing.resource_type], [404, 'not_found', 'NOT-THERE', 'voucher'])
  assert.ok(missing.request_id && missing.details && missing.message)
  assert.equal(missing.cause, undefined)
  assert.equal(duplicate.code, 409)
  assert.equal(invalid.code, 400)
  assert.equal(stranger.code, 401)
})

async function until(read, holds) {
  for (let i = 0; i < 200; i++) {
    const answer = await read()
    if (holds(answer)) return answer
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error('it did not come to be: ' + JSON.stringify(await read()))
}

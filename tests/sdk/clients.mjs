// The published clients, as a shop's server loads them.
import { createRequire } from 'node:module'
import { keys } from './server.mjs'

const require = createRequire(import.meta.url)
const sdk = require('@voucherify/sdk')
const voucherify = require('voucherify')

export const serverSide = (server, options = {}) => sdk.VoucherifyServerSide({
  apiUrl: server.url, applicationId: keys.applicationId, secretKey: keys.applicationToken, ...options,
})

export const clientSide = (server, options = {}) => sdk.VoucherifyClientSide({
  apiUrl: server.url, clientApplicationId: keys.clientApplicationId, clientSecretKey: keys.clientToken, origin: 'https://shop.example', ...options,
})

export const nodeClient = (server, options = {}) => voucherify({
  apiUrl: server.url, applicationId: keys.applicationId, clientSecretKey: keys.applicationToken, ...options,
})

// What a promise was refused with; a promise that is kept fails the test.
export async function refusal(promise) {
  let answer
  try {
    answer = await promise
  } catch (error) {
    return error
  }
  throw new Error('expected a refusal, got ' + JSON.stringify(answer))
}

-- A redemption by an application: a code out of VOUCHERS in turn (1: always the same), an order of two lines. TARGET replaces the path (for a floor).
local target = os.getenv("TARGET") or ""
local path = target ~= "" and target or "/v1/redemptions"
local vouchers = tonumber(os.getenv("VOUCHERS") or "1")
local n = math.random(0, vouchers - 1)
wrk.headers["Content-Type"] = "application/json"
request = function()
  n = (n + 7919) % vouchers
  return wrk.format("POST", path, nil, '{"redeemables":[{"object":"voucher","id":"BENCH-' .. n .. '"}],"order":{"amount":14970,"items":[' ..
    '{"product_id":"prod_shirt","quantity":2,"price":4990},{"product_id":"prod_mug","quantity":1,"price":4990}]}}')
end

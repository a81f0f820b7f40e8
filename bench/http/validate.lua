-- A validation from another address each time, so that no address passes its limit. TARGET replaces the path (for a floor).
local target = os.getenv("TARGET") or ""
local path = target ~= "" and target or ("/client/v1/validate?code=" .. (os.getenv("CODE") or "WELCOME-10") .. "&amount=1000")
local n = math.random(0, 2^24 - 1)
request = function()
  n = (n + 1) % 2^24
  wrk.headers["X-Forwarded-For"] = "10." .. math.floor(n / 65536) .. "." .. math.floor(n / 256) % 256 .. "." .. n % 256
  return wrk.format("GET", path)
end

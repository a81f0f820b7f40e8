"use strict";
// A shop's page: it knows the publishable key and nothing else. Everything it shows of a discount the server has computed.

const products = [
  { id: "demo-beans", name: "House blend, 500 g", price: 1490, picture: "M8 4c4 0 5 4 3 8s-6 6-7 3 0-11 4-11z M8 5c-1 3 1 5-2 9 M16 10c4 0 5 4 3 7s-6 5-7 2 0-9 4-9z M16 11c-1 3 1 4-2 8", quantity: 1 },
  { id: "demo-mug", name: "Stoneware mug", price: 1850, picture: "M4 8h11v7a4 4 0 0 1-4 4H8a4 4 0 0 1-4-4z M15 10h2a3 3 0 0 1 0 6h-2 M7 3v2 M11 3v2", quantity: 1 },
  { id: "demo-cake", name: "Carrot cake", price: 690, picture: "M4 20V11l16-3v12z M4 15.5h16 M12 4v5", quantity: 0 },
  { id: "demo-pot", name: "Pour-over set", price: 3900, picture: "M6 10h10l-1 9H7z M8 10a3.5 3.5 0 0 1 6 0 M16 12l4-2 M6.3 12.5H3v4h3.6", quantity: 0 },
];

const at = id => document.getElementById(id);
const key = readKey();
let applied = null; // { code, discount, total } as the server answered for the basket as it stands
let waitUntil = 0;

// The fragment never leaves the browser. It is taken out of the address so that it is not copied along with it.
function readKey() {
  const given = new URLSearchParams(location.hash.slice(1));
  for (const name of ["id", "token", "currency", "code"])
    if (given.get(name)) sessionStorage.setItem("demo-" + name, given.get(name));
  if (location.hash) history.replaceState(null, "", location.pathname);
  const of = name => sessionStorage.getItem("demo-" + name) ?? "";
  return { id: of("id"), token: of("token"), currency: of("currency"), code: of("code") };
}

function money(minor) {
  try {
    if (key.currency) {
      const format = new Intl.NumberFormat("en", { style: "currency", currency: key.currency });
      return format.format(minor / 10 ** format.resolvedOptions().maximumFractionDigits);
    }
  } catch { /* an unknown currency is shown as a plain number */ }
  return (minor / 100).toFixed(2);
}

const amount = () => products.reduce((sum, p) => sum + p.price * p.quantity, 0);

function order() {
  return { amount: amount(), items: products.filter(p => p.quantity > 0).map(p => ({
    source_id: p.id, related_object: "product", quantity: p.quantity, price: p.price, amount: p.price * p.quantity, product: { name: p.name } })) };
}

function showProducts() {
  at("products").replaceChildren(...products.map((p, i) => {
    const row = document.createElement("li");
    row.append(draw(p.picture), make("div", "", ""), make("div", "steps", ""));
    row.children[1].append(make("div", "name", p.name), make("div", "price", money(p.price)));
    const less = make("button", "", "−"), more = make("button", "", "+"), count = make("output", "", String(p.quantity));
    less.type = more.type = "button";
    less.id = "less-" + i;
    more.id = "more-" + i;
    less.setAttribute("aria-label", `One ${p.name} less`);
    more.setAttribute("aria-label", `One ${p.name} more`);
    less.disabled = p.quantity === 0;
    less.addEventListener("click", () => change(p, -1, less.id));
    more.addEventListener("click", () => change(p, 1, more.id));
    row.children[2].append(less, count, more);
    return row;
  }));
}

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = text;
  return element;
}

function draw(lines) {
  const box = make("div", "pic", "");
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  picture.setAttribute("viewBox", "0 0 24 24");
  path.setAttribute("d", lines);
  picture.append(path);
  box.append(picture);
  box.setAttribute("aria-hidden", "true");
  return box;
}

function change(product, by, focus) {
  product.quantity = Math.max(0, Math.min(99, product.quantity + by));
  showProducts();
  (at(focus).disabled ? at(focus.replace("less", "more")) : at(focus)).focus();
  if (applied) say("info", "The basket has changed. Apply the code again to see its discount.");
  applied = null;
  showSum();
}

function showSum() {
  at("amount").textContent = money(amount());
  at("discount-row").hidden = !applied;
  if (applied) {
    at("discount-name").textContent = applied.code;
    at("discount").textContent = "−" + money(applied.discount);
  }
  at("total").textContent = money(applied ? applied.total : amount());
  const isWaiting = Date.now() < waitUntil;
  at("apply").disabled = isWaiting || !key.id;
  at("pay").disabled = isWaiting || !key.id || amount() === 0;
}

function say(kind, ...lines) {
  const box = at("message");
  box.className = "message " + kind;
  box.replaceChildren(...lines.map(line => typeof line === "string" ? make("p", "", line) : line));
}

async function call(path, body) {
  let answer;
  try {
    answer = await fetch("/client/v1/" + path, {
      method: "POST", credentials: "omit", cache: "no-store",
      headers: { "Content-Type": "application/json", "X-Client-Application-Id": key.id, "X-Client-Token": key.token, "X-Voucherify-Channel": "Vouchsafe-Demo" },
      body: JSON.stringify(body),
    });
  } catch {
    log("POST /" + path, 0, "");
    say("bad", "The server does not answer.");
    return null;
  }
  const left = answer.headers.get("X-Rate-Limit-Remaining") ?? "";
  log("POST /" + path, answer.status, left);
  const json = await answer.json().catch(() => ({}));
  if (answer.status === 429) {
    wait(Number(answer.headers.get("Retry-After")) || 1, json);
    return null;
  }
  if (answer.ok) return json;
  refuse(answer.status, json);
  return null;
}

function refuse(status, json) {
  applied = null;
  if (status === 401) return say("bad", "The server does not accept this key. It may have been regenerated or blocked; open the demo shop from the dashboard again.");
  if (status === 403 && /Origin|website/i.test(json.details ?? "")) {
    const line = make("p", "", "To let it in, add this entry to Your website URL in the project's settings: ");
    line.append(make("code", "", location.hostname));
    return say("bad", `The server refuses pages from ${location.origin}: ${json.details}`, line);
  }
  say("bad", json.details || json.message || `The server answered ${status}.`);
}

function wait(seconds, json) {
  waitUntil = Date.now() + seconds * 1000;
  at("wait").hidden = false;
  say("");
  const isGuessing = /wrong codes/i.test(json.details ?? "");
  const tick = () => {
    const left = waitUntil - Date.now();
    if (left <= 0) {
      at("wait").hidden = true;
      say("info", "You may try again now.");
      showSum();
      return;
    }
    const shown = Math.ceil(left / 1000);
    at("wait-text").textContent = `${isGuessing ? "Too many wrong codes" : "Too many tries"}. Try again in ${shown} ${shown === 1 ? "second" : "seconds"}.`;
    at("wait-bar").style.transform = `scaleX(${left / (seconds * 1000)})`;
    setTimeout(tick, 100);
  };
  tick();
  showSum();
}

function log(what, status, left) {
  const row = document.createElement("tr");
  row.append(make("td", "", new Date().toLocaleTimeString("en-GB")), make("td", "", what),
    make("td", status >= 200 && status < 300 ? "ok" : status === 429 ? "slow" : "no", status === 0 ? "none" : String(status)), make("td", "", left));
  at("calls").querySelector(".empty")?.remove();
  at("calls").prepend(row);
  while (at("calls").children.length > 30) at("calls").lastElementChild.remove();
  if (left !== "") at("left").textContent = left;
}

const redeemables = code => [{ object: "voucher", id: code }];

async function apply(event) {
  event.preventDefault();
  const code = at("code").value.trim();
  if (!code) return at("code").focus();
  const answer = await call("validations", { redeemables: redeemables(code), order: order() });
  if (answer) {
    const judged = answer.redeemables?.[0];
    applied = answer.valid ? { code, discount: answer.order?.total_applied_discount_amount ?? 0, total: answer.order?.total_amount ?? amount() } : null;
    if (applied) say("good", `${code} takes ${money(applied.discount)} off.`);
    else if (judged?.result?.error?.key === "not_found") say("bad", `There is no code ${code}.`);
    else say("bad", judged?.result?.error?.message ?? judged?.result?.details?.message ?? "This code cannot be used for this basket.");
  }
  showSum();
}

async function pay() {
  if (!applied) return say("good", "Paid in full. Nothing was redeemed.");
  const { code } = applied;
  const answer = await call("redemptions", { redeemables: redeemables(code), order: order() });
  if (answer) {
    say("good", `Paid. ${code} is redeemed${answer.redemptions?.[0]?.id ? ` (${answer.redemptions[0].id})` : ""}.`);
    applied = null;
  }
  showSum();
}

at("code-form").addEventListener("submit", apply);
at("pay").addEventListener("click", pay);
at("keys").addEventListener("submit", event => {
  event.preventDefault();
  key.id = at("key-id").value.trim();
  key.token = at("key-token").value.trim();
  sessionStorage.setItem("demo-id", key.id);
  sessionStorage.setItem("demo-token", key.token);
  at("nokey").hidden = true;
  showSum();
});
at("nokey").hidden = key.id !== "";
at("code").value = key.code;
showProducts();
showSum();

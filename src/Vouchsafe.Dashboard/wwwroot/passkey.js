// Has the browser ask for a passkey, or make one, before the form is sent. Without it the form stays hidden.
(() => {
  const canPasskeys = typeof PublicKeyCredential === "function" && "parseRequestOptionsFromJSON" in PublicKeyCredential;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!canPasskeys) continue;
    form.hidden = false;
    const problem = form.querySelector(".door-problem");
    const credential = form.elements.namedItem("Credential");
    form.addEventListener("submit", async event => {
      if (credential.value) return;
      event.preventDefault();
      problem.hidden = true;
      try {
        const answer = await fetch(form.dataset.options, { method: "POST", body: new FormData(form), credentials: "same-origin" });
        if (!answer.ok) throw new Error("The server gave no challenge. Load the page again.");
        const options = await answer.json();
        const result = form.dataset.passkey === "create"
          ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
          : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
        credential.value = JSON.stringify(result.toJSON());
        form.submit();
      } catch (error) {
        problem.textContent = error.name === "NotAllowedError" ? "It was cancelled, or no passkey was found in time."
          : error.name === "InvalidStateError" ? "This device holds a passkey for this account already." : error.message;
        problem.hidden = false;
      }
    });
  }
})();

// Forms that a passkey fills in: <form data-passkey="add | use">, with a hidden input "credential".
//
// What the browser is asked for stands in the JSON block that data-passkey-options names, or is
// fetched from data-passkey-from. Without WebAuthn the form stays hidden and the page works as
// it does without JavaScript.
const PROBLEMS = {
  AbortError: "That was stopped. Try again.",
  InvalidStateError: "This device has a passkey for your account already.",
  NotAllowedError: "Nothing was chosen, or it took too long. Try again.",
  NotSupportedError: "This device has no kind of passkey that the portal knows.",
  SecurityError: "Passkeys do not work at this address. They need the portal’s name, or “localhost”.",
};

function bytes(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
}

function text(buffer) {
  if (!buffer) return null;
  const plain = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return plain.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function known(credentials) {
  return (credentials ?? []).map((each) => ({ ...each, id: bytes(each.id) }));
}

async function make({ publicKey }) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: known(publicKey.excludeCredentials),
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
    },
  });
  const { attestationObject, clientDataJSON } = made.response;
  return written(made, {
    attestationObject: text(attestationObject),
    clientDataJSON: text(clientDataJSON),
    transports: made.response.getTransports?.() ?? [],
  });
}

async function use({ publicKey }) {
  const used = await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: known(publicKey.allowCredentials),
    },
  });
  const { authenticatorData, clientDataJSON, signature, userHandle } = used.response;
  return written(used, {
    authenticatorData: text(authenticatorData),
    clientDataJSON: text(clientDataJSON),
    signature: text(signature),
    userHandle: text(userHandle),
  });
}

function written(credential, response) {
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

async function wanted({ passkeyOptions, passkeyFrom }) {
  if (passkeyOptions) return JSON.parse(document.getElementById(passkeyOptions).textContent);
  const answer = await fetch(passkeyFrom, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("no answer");
  return (await answer.json()).request_options;
}

async function fill(form, problem) {
  problem.textContent = "";
  try {
    const options = await wanted(form.dataset);
    const credential = form.dataset.passkey === "add" ? await make(options) : await use(options);
    form.elements.credential.value = JSON.stringify(credential);
  } catch (error) {
    problem.textContent = PROBLEMS[error.name] ?? "That did not work. Try again, or use another way.";
    return;
  }
  form.submit();
}

for (const form of window.PublicKeyCredential ? document.querySelectorAll("form[data-passkey]") : []) {
  const problem = form.querySelector("[data-passkey-problem]");
  form.hidden = false;
  for (const instead of document.querySelectorAll("[data-passkey-instead]")) instead.hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    fill(form, problem);
  });
}

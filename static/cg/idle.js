// Warns before a session ends, and covers the page when it has ended.
//
// The body says where and when (data-idle, data-idle-warn, data-idle-end in seconds, and an
// account mark). A POST to data-idle answers {account, seconds}: the mark, and how long the session
// still has. Whoever types is active: at most once a minute the server is told. Nobody is
// surprised: two minutes before, a box at the foot of the page offers to stay. Afterwards the page
// is hidden, because the reader may have left the room, but what was typed is still in it: after
// signing in again in another tab, as the same person, it comes back.
const { idle: address, idleWarn, idleEnd, idleSignIn, idleAccount } = document.body.dataset;
const WARN = Number(idleWarn) * 1000;
const END = Number(idleEnd) * 1000;
const AT_MOST = Math.min(60_000, WARN / 4);
const SHARED = "cg-last-contact"; // between tabs; a time and nothing else
const london = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });

const unsaved = new Set();
let contact = Date.now(); // the session ends END after this
let told = contact; // when the server last heard from this page
let longest = false; // the session may not go on however busy its reader is
let state = "";
let asking = false;

const box = document.createElement("section");
box.className = "cg-idle";
box.setAttribute("aria-label", "Your session");
box.hidden = true;
const words = document.createElement("p");
words.setAttribute("role", "alert");
const actions = document.createElement("p");
actions.className = "cg-actions";
box.append(words, actions);
const cover = document.createElement("main");
cover.className = "cg-width cg-out";
cover.hidden = true;
const heading = document.createElement("h1");
heading.className = "cg-title";
heading.textContent = "You are signed out";
cover.append(heading);
document.body.append(box);
document.querySelector(".cg-page").after(cover);
const title = document.title;

function share() {
  try {
    localStorage.setItem(SHARED, String(contact));
  } catch {
    // Storage is switched off: each tab counts for itself.
  }
}

function button(label, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "nhsuk-button cg-button";
  made.textContent = label;
  made.addEventListener("click", press);
  return made;
}

function link(label, newTab) {
  const made = document.createElement("a");
  const here = encodeURIComponent(location.pathname + location.search);
  made.href = newTab ? idleSignIn : `${idleSignIn}?next=${here}`;
  if (newTab) made.target = "_blank";
  made.textContent = label;
  return made;
}

function show(next, text, ...parts) {
  if (state === next) return;
  state = next;
  const out = next === "ended";
  document.body.classList.toggle("cg-covered", out);
  document.title = out ? "You are signed out – Common Ground" : title;
  (out ? cover : box).append(words, actions);
  cover.hidden = !out;
  box.hidden = out;
  words.textContent = text;
  actions.replaceChildren(...parts);
}

function calm() {
  state = "";
  box.hidden = cover.hidden = true;
  words.textContent = "";
  document.body.classList.remove("cg-covered");
  document.title = title;
}

function warn() {
  const at = london.format(contact + END);
  const minutes = Math.max(1, Math.round((END - WARN) / 60_000));
  const kept = unsaved.size ? " What you have typed is not sent yet." : "";
  if (longest) {
    show("warned", `You will be signed out at ${at}: this session has reached its longest time.${kept}`);
    return;
  }
  const soon = minutes === 1 ? "1 minute" : `${minutes} minutes`;
  show("warned", `You will be signed out in ${soon}, at ${at}.${kept}`, button("Stay signed in", tell));
}

function ended() {
  const at = `You were signed out at ${london.format(Math.min(contact + END, Date.now()))}.`;
  if (unsaved.size) {
    const kept = "What you typed is still on this page, out of sight until you sign in again.";
    show("ended", `${at} ${kept}`, link("Sign in (new tab)", true), button("I have signed in", tell));
  } else {
    show("ended", at, link("Sign in again", false));
  }
}

function renewForms(token) {
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
}

async function tell() {
  if (asking) return;
  asking = true;
  told = Date.now();
  const token = document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/)?.[1] ?? "";
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "X-CSRFToken": token, Accept: "application/json" },
      redirect: "manual",
    });
    if (response.ok) await alive(response, token);
    else if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) ended();
  } catch {
    // No connection says nothing about the session; the next key pressed asks again.
  } finally {
    asking = false;
  }
}

async function alive(response, token) {
  const { account, seconds } = await response.json().catch(() => ({}));
  if (state === "ended") {
    if (account !== idleAccount) {
      location.reload(); // somebody else sits here now: nothing of this page is theirs
      return;
    }
    if (token) renewForms(token);
    document.dispatchEvent(new CustomEvent("cg:back")); // a form that saves itself does so now
  }
  const left = Math.min(END, seconds === undefined ? END : seconds * 1000);
  longest = left < END - 5_000;
  contact = Date.now() - (END - left);
  share();
  calm();
}

function look() {
  const quiet = Date.now() - contact;
  if (quiet >= END) ended();
  else if (quiet >= WARN) warn();
  else if (state === "warned") calm();
}

function active() {
  if (state === "" && Date.now() - told >= AT_MOST) tell();
}

for (const kind of ["keydown", "input", "pointerdown"]) document.addEventListener(kind, active, { passive: true });
document.addEventListener("input", ({ target }) => {
  if (target.form?.method === "post") unsaved.add(target.form);
});
document.addEventListener("cg:saved", ({ target }) => {
  unsaved.delete(target);
  if (longest) return;
  contact = told = Date.now();
  share();
});
window.addEventListener("storage", ({ key, newValue }) => {
  if (key === SHARED && Number(newValue) > contact && Number(newValue) <= Date.now() && state !== "ended") {
    contact = Number(newValue);
    look();
  }
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "visible") return;
  look();
  if (state === "ended" && unsaved.size) tell();
});
share();
setInterval(look, 5_000);

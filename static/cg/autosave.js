// A form with data-autosave="ADDRESS" saves itself: 1.5 s after the last change, at the latest
// 10 s after the first, and when the reader turns to something else or comes back.
//
// Sends the form's fields as a form would, with X-CSRFToken. Understands:
//   2xx  optional JSON {saved_at: "14:05", version: "4"}; a version goes into the form's own field
//   409  somebody else changed it: JSON {message, url}; with `compare`, words for a button that
//        sends the form as it is (name "compare"), so that both texts can be shown
//   400, 422  JSON {message}
//   401, 403, or a redirect  the session has ended
// Anything else, and no connection, is tried again. What happens is said in [data-autosave-status].
const SETTLE = 1_500;
const LONGEST = 10_000;
const RETRY = [5_000, 10_000, 20_000, 60_000];
const london = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });

function csrfToken(form) {
  const cookie = document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/)?.[1];
  return cookie ?? form.elements.namedItem("csrfmiddlewaretoken")?.value ?? "";
}

// A sign-in in another tab has changed the token: without the new one the form could not be sent.
function renewTokens(token) {
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
}

function fieldsOf(form) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const secret = form.elements.namedItem(name)?.type === "password";
    if (typeof value === "string" && !secret && name !== "csrfmiddlewaretoken") fields.append(name, value);
  }
  return fields;
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-autosave-status]") ?? document.querySelector("[data-autosave-status]");
    this.saved = fieldsOf(form).toString();
    this.failures = 0;
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    // Fields may have been filled in by an answer of the portal: that is no input of the reader's.
    document.addEventListener("htmx:afterSettle", () => this.changed());
    form.addEventListener("submit", (event) => {
      if (!event.defaultPrevented) this.stop();
    });
    document.addEventListener("visibilitychange", () => {
      this.save({ leaving: document.visibilityState === "hidden" });
    });
    window.addEventListener("online", () => this.save());
    document.addEventListener("cg:back", () => this.save());
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) this.stopped = false;
    });
  }

  changed() {
    this.firstChange ??= Date.now();
    const wait = Math.min(SETTLE, Math.max(0, this.firstChange + LONGEST - Date.now()));
    this.later(wait);
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  async save({ leaving = false } = {}) {
    clearTimeout(this.timer);
    const fields = fieldsOf(this.form);
    const now = fields.toString();
    if (this.stopped || now === this.saved) return;
    if (this.sending) {
      this.again = true;
      return;
    }
    this.sending = true;
    try {
      const response = await fetch(this.form.dataset.autosave, {
        method: "POST",
        body: fields,
        headers: { "X-CSRFToken": csrfToken(this.form), Accept: "application/json" },
        redirect: "manual",
        // A browser lets only a small request outlive its page.
        keepalive: leaving && now.length < 60_000,
      });
      await this.answered(response, now);
    } catch {
      this.tryAgain("Not saved: no connection. Trying again.");
    } finally {
      this.sending = false;
      if (this.again) {
        this.again = false;
        this.later(SETTLE);
      }
    }
  }

  async answered(response, sent) {
    const signedOut = response.type === "opaqueredirect" || response.status === 401 || response.status === 403;
    const answer = signedOut ? {} : await response.json().catch(() => ({}));
    if (signedOut) {
      // In a new tab: what was typed last is on this page and nowhere else.
      this.say("Not saved: you are signed out.", document.body.dataset.idleSignIn, "Sign in (new tab)", "_blank");
    } else if (response.ok) {
      this.done(answer, sent);
    } else if (response.status === 409) {
      this.stop();
      if (answer.compare) this.compare(answer);
      else this.say(answer.message ?? "Not saved: somebody else has changed this.", answer.url ?? location.href, "See theirs");
    } else if (response.status === 400 || response.status === 422) {
      this.say(answer.message ?? "Not saved yet: check what you typed.");
    } else {
      this.tryAgain("Not saved: the portal did not answer. Trying again.");
    }
  }

  done(answer, sent) {
    this.saved = sent;
    this.firstChange = undefined;
    this.failures = 0;
    const version = this.form.elements.namedItem("version");
    if (version && answer.version !== undefined) {
      version.value = answer.version;
      const fields = new URLSearchParams(sent);
      fields.set("version", answer.version);
      this.saved = fields.toString();
    }
    renewTokens(csrfToken(this.form));
    this.say(`Saved ${answer.saved_at ?? london.format(new Date())}`);
    this.form.dispatchEvent(new CustomEvent("cg:saved", { bubbles: true }));
  }

  tryAgain(words) {
    this.say(words);
    this.later(RETRY[Math.min(this.failures++, RETRY.length - 1)]);
  }

  // Not a link: what was typed here is on this page and nowhere else.
  compare({ message, compare }) {
    this.say(`Not saved. ${message} `);
    const press = { type: "submit", name: "compare", value: "1", className: "cg-linklike", textContent: compare };
    this.status?.append(Object.assign(document.createElement("button"), press));
  }

  say(words, href, label, target = "") {
    if (!this.status) return;
    // What is not saved must be seen, wherever on a long page somebody is typing.
    this.status.classList.toggle("cg-unsaved", !words.startsWith("Saved"));
    this.status.textContent = href ? `${words} ` : words;
    if (href) this.status.append(Object.assign(document.createElement("a"), { href, target, textContent: label }));
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);

// A form with data-once is sent once however often its button is pressed. The server holds the
// same promise with a one-time key; this only spares the reader a second page.
const PAUSE = 10_000; // after that a press may be meant: the first may have been lost

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-once]") || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  // Not disabled: a disabled button would not send its own name and value.
  event.submitter?.setAttribute("aria-disabled", "true");
  setTimeout(release, PAUSE, form);
});

// Back to a page that the browser had kept: its form may be sent again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
});

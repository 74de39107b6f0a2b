// Starts the NHS.UK components, and holds htmx to the portal's rules.
const { initAll } = await import(document.getElementById("start").dataset.nhsuk);
initAll();

function csrfToken() {
  return document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/)?.[1] ?? "";
}

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb !== "get") detail.headers["X-CSRFToken"] = csrfToken();
});

// A session that has ended answers a poll with the sign-in page: that is not a part of this page.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const answered = detail.xhr.responseURL && new URL(detail.xhr.responseURL).pathname;
  const asked = new URL(detail.requestConfig.path, location.href).pathname;
  if (answered && answered !== asked) detail.shouldSwap = false;
});
document.addEventListener("htmx:afterSwap", ({ detail }) => initAll({ scope: detail.target }));

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

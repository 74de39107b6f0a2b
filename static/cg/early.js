// Before anything is drawn: says that this browser runs the components, so nothing jumps later.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("nhsuk-frontend-supported");

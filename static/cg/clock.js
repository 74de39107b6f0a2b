// The clock of the item that runs: counts on from what the page says, in the same words.
// [data-clock-begun] seconds since 1970, [data-clock-planned] minutes.
const STEP = 5_000;

function words(gone, planned) {
  if (gone <= planned) return `${gone} of ${planned} minutes`;
  const over = gone - planned;
  return `${over} ${over === 1 ? "minute" : "minutes"} over the ${planned} planned`;
}

function tick() {
  for (const clock of document.querySelectorAll("[data-clock-begun]")) {
    const gone = Math.max(0, Math.floor((Date.now() / 1000 - Number(clock.dataset.clockBegun)) / 60));
    const planned = Number(clock.dataset.clockPlanned);
    const now = words(gone, planned);
    if (clock.textContent !== now) clock.textContent = now;
    clock.classList.toggle("cg-over", gone >= planned);
  }
}

setInterval(tick, STEP);
tick();

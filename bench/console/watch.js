// Put into each page before its own scripts: what the browser says of itself, kept until the bench takes it.
globalThis.bench = (() => {
  const watched = new Map();

  function watch(type, options = {}) {
    const entries = [];
    const observer = new PerformanceObserver((found) => entries.push(...found.getEntries()));
    observer.observe({ type, buffered: true, ...options });
    watched.set(type, { entries, observer });
  }

  const plain = ({ name, startTime, duration, interactionId, value, hadRecentInput, sources }) => ({
    name, startTime, duration, interactionId, value, hadRecentInput,
    moved: sources?.map(({ node }) => (node?.className || node?.nodeName) ?? "gone"),
  });

  /** What was seen since the last time. */
  function take(type) {
    const { entries, observer } = watched.get(type);
    entries.push(...observer.takeRecords());
    return entries.splice(0).map(plain);
  }

  /** The time just after the frame that shows what `isThere` looks for. */
  const painted = (isThere) =>
    new Promise((done) => {
      function look() {
        if (!isThere()) return requestAnimationFrame(look);
        const afterPaint = new MessageChannel();
        afterPaint.port1.onmessage = () => done(performance.now());
        afterPaint.port2.postMessage(null);
      }
      requestAnimationFrame(look);
    });

  let answered;

  /** The next event of the type begins a measurement in ms, which ends with the frame that shows its answer. */
  function measure(type, isThere) {
    answered = new Promise((done) => {
      const begin = async (event) => done((await painted(isThere)) - event.timeStamp);
      addEventListener(type, begin, { capture: true, once: true });
    });
  }

  /** Milliseconds between one frame and the next while `scroller`, if any, moves by `step` px each, to and fro. */
  const gaps = (seconds, scroller, step = 0) =>
    new Promise((done) => {
      const found = [];
      let [began, before, by] = [undefined, undefined, step];
      function frame(now) {
        began ??= now;
        if (before !== undefined) found.push(now - before);
        before = now;
        if (scroller) move();
        if (now - began < seconds * 1000) requestAnimationFrame(frame);
        else done(found);
      }
      function move() {
        const was = scroller.scrollTop;
        scroller.scrollTop += by;
        if (scroller.scrollTop === was) by = -by;
      }
      requestAnimationFrame(frame);
    });

  watch("event", { durationThreshold: 16 });
  watch("longtask");
  watch("layout-shift");
  const firstPaint = new Promise((done) => {
    new PerformanceObserver((found) => {
      for (const { startTime } of found.getEntriesByName("first-contentful-paint")) done(startTime);
    }).observe({ type: "paint", buffered: true });
  });
  const firstRows = painted(() => document.querySelector("a.row"));
  return { take, measure, answered: () => answered, gaps, firstPaint: () => firstPaint, firstRows: () => firstRows };
})();

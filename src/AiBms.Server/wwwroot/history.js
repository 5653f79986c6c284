// The history of a pack: fetched thinned out so that extremes stay, finer where it is zoomed into, newest points added as they come.
window.aibmsHistory = (() => {
  const lines = [
    ["soc", 0, "SOC", 100, "blue"], ["socLow", 0, "SOC, low", 100, "blue", 1], ["socHigh", 0, "SOC, high", 100, "blue", 1], ["vendorSoc", 0, "maker's SOC", 100, "orange", 1],
    ["currentA", 1, "current", 1, "orange"], ["chargeLimitA", 1, "charge limit", 1, "grey", 1], ["dischargeLimitA", 1, "discharge limit", 1, "grey", 1],
    ["cellVMin", 2, "lowest cell", 1, "violet"], ["cellVMean", 2, "mean cell", 1, "grey"], ["cellVMax", 2, "highest cell", 1, "orange"],
    ["hotSpotDegC", 3, "hot spot", 1, "brown"], ["inletDegC", 3, "coolant in", 1, "blue", 1], ["outletDegC", 3, "coolant out", 1, "teal", 1],
  ];
  const names = ["SOC, %", "current, A", "cell voltage, V", "temperature, °C"], decimals = [1, 1, 3, 1];
  const points = 900, most = 2600, views = {};

  // The panels lie below each other in the card's element and are zoomed as one; the last has the slider.
  function panelsOf(id) {
    const card = document.getElementById(id);
    if (!card) return null;
    const ids = names.map((_, k) => `${id}-${k}`);
    if (!document.getElementById(ids[0])) {
      card.replaceChildren(...ids.map((one, k) => Object.assign(document.createElement("div"), { id: one, className: k === ids.length - 1 ? "panel last" : "panel" })));
      ids.forEach(one => follow(id, one));
    }
    return ids;
  }

  // Where one panel is zoomed or looked at, the others follow, each in its turn.
  function follow(id, own) {
    const c = aibms.chart(own), others = view => view.panels.filter(one => one !== own);
    c.on("datazoom", () => {
      const view = views[id];
      if (view.isFollowing) return;
      const o = c.getOption().dataZoom[0], isWhole = o.start <= 0.5 && o.end >= 99.5;
      view.zoom = isWhole ? null : [o.startValue, o.endValue];
      for (const one of others(view)) aibms.later(one + " zoom", () => zoomPanel(view, aibms.chart(one)));
      clearTimeout(view.timer);
      view.timer = setTimeout(() => isWhole ? draw(view, view.base) : refine(view), 200);
    });
    c.getZr().on("mousemove", e => {
      for (const one of others(views[id])) aibms.later(one + " tip", () => aibms.chart(one)?.dispatchAction({ type: "showTip", x: e.offsetX, y: 60 }));
    });
    c.getZr().on("globalout", () => {
      for (const one of others(views[id])) aibms.later(one + " tip", () => aibms.chart(one)?.dispatchAction({ type: "hideTip" }));
    });
  }

  function start(id, pack, spanMs, atMs) {
    const panels = panelsOf(id);
    if (!panels) return;
    const before = views[id], c = aibms.chart(panels.at(-1));
    const view = views[id] = { id, pack, c, panels, spanMs, zoom: null, base: {}, last: 0, busy: false };
    if (before && before.timer) clearTimeout(before.timer);
    return load(view, atMs);
  }

  // Another span or pack was asked for while an answer was under way.
  const isOld = view => views[view.id] !== view || view.c.isDisposed();

  async function fetched(view, from, to, count) {
    const answer = await fetch(`/api/v1/packs/${view.pack}/history?from=${Math.floor(from)}&to=${Math.ceil(to)}&points=${count}&signals=${lines.map(l => l[0]).join(",")}`);
    return answer.ok ? answer.json() : null;
  }

  async function load(view, atMs) {
    view.busy = true;
    try {
      const pack = await (await fetch(`/api/v1/packs/${view.pack}/span`)).json();
      view.whole = [pack.fromMs, pack.toMs];
      const to = atMs ? Math.min(pack.toMs, atMs + view.spanMs / 2) + 1 : pack.toMs + 1, from = view.spanMs > 0 ? to - view.spanMs : pack.fromMs;
      const data = await fetched(view, from, to, points);
      if (!data || isOld(view)) return;
      [view.base, view.last, view.isPast] = [data, to, Boolean(atMs)];
      if (atMs) view.zoom = [atMs - 60e3, atMs + 60e3];
      draw(view, data);
    } finally { view.busy = false; }
  }

  // New points go to the end; from time to time all is fetched thinned out again. Where the card was not there yet, or has been made anew since, all begins anew.
  async function tick(id, newestMs, marks, pack, spanMs, atMs) {
    const view = views[id];
    if (!view || isOld(view)) return start(id, pack, spanMs, atMs);
    if (JSON.stringify(marks) !== JSON.stringify(view.marks)) { view.marks = marks; if (!view.busy) draw(view, view.shown ?? view.base); }
    if (view.busy || view.isPast || newestMs < view.last) return;
    view.busy = true;
    try {
      const data = await fetched(view, view.last, newestMs + 1, 400);
      if (!data || isOld(view)) return;
      view.last = newestMs + 1;
      const begins = view.spanMs > 0 ? newestMs - view.spanMs : 0;
      let longest = 0;
      for (const [name] of lines) {
        view.base[name] = (view.base[name] ?? []).filter(p => p[0] >= begins).concat(data[name]);
        longest = Math.max(longest, view.base[name].length);
      }
      if (longest > most) view.base = await fetched(view, view.spanMs > 0 ? begins : view.whole[0], newestMs + 1, points) ?? view.base;
      if (!view.zoom && !isOld(view)) draw(view, view.base);
    } finally { view.busy = false; }
  }

  async function refine(view) {
    // A little more than is seen: an axis rounds its ends, and the lines go on past them.
    const [start, end] = view.zoom, past = Math.max(1000, 0.02 * (end - start)), [from, to] = [start - past, end + past], fine = await fetched(view, from, to + 1, points);
    if (!fine || isOld(view) || !view.zoom) return;
    const merged = {};
    for (const [name] of lines) merged[name] = (view.base[name] ?? []).filter(p => p[0] < from).concat(fine[name], (view.base[name] ?? []).filter(p => p[0] > to));
    draw(view, merged);
  }

  // Each panel is a chart of its own and drawn in a turn of its own: all in one took the page's time for too long at once.
  function draw(view, data) {
    view.shown = data;
    const times = lines.flatMap(([name]) => [data[name]?.[0]?.[0], data[name]?.at(-1)?.[0]]).filter(t => t !== undefined);
    view.ends = [Math.min(...times), Math.max(...times)];
    view.panels.forEach((id, k) => aibms.later(id, () => drawPanel(view, id, k)));
  }

  function drawPanel(view, id, k) {
    const c = aibms.chart(id), data = view.shown;
    if (!c || isOld(view)) return;
    c.aibmsRows = () => [["signal", "time_utc", "value"], ...lines.flatMap(([name]) => (data[name] ?? []).filter(([t]) => !view.zoom || (t >= view.zoom[0] && t <= view.zoom[1])).map(([t, v]) => [name, new Date(t).toISOString(), v]))];
    if (aibms.isNew(c, "history")) {
      const label = aibms.axisLabel(), ink = aibms.ink(), isLast = k === names.length - 1;
      c.setOption({
        animation: false, legend: { show: false },
        tooltip: { trigger: "axis", confine: true, formatter: told => `${new Date(told[0].value[0]).toISOString().slice(0, 19).replace("T", " ")} UTC<br>` + told.map(p => `${p.marker}${p.seriesName}: ${p.value[1].toFixed(decimals[k])}`).join("<br>") },
        grid: { left: 55, right: 15, top: 24, height: 84 },
        xAxis: { type: "time", axisLabel: { show: isLast, ...label, hideOverlap: true }, splitLine: { show: false } },
        yAxis: { type: "value", scale: true, name: names[k], nameTextStyle: { color: ink, align: "left" }, nameGap: 6, axisLabel: label, splitLine: aibms.splitLine(), splitNumber: 3 },
        dataZoom: [{ id: "slider", type: "slider", show: isLast, bottom: 2, height: 20, textStyle: { color: ink } }, { id: "inside", type: "inside", zoomOnMouseWheel: "ctrl", moveOnMouseMove: true }],
      });
    }
    const marks = (view.marks ?? []).map(m => ({ xAxis: m.ms, name: m.text })), own = lines.filter(l => l[1] === k);
    c.setOption({
      xAxis: { min: view.ends[0], max: view.ends[1] },
      series: own.map(([name, , title, factor, colour, dash], at) => ({
        id: name, name: title, type: "line", showSymbol: false, connectNulls: false, lineStyle: { width: dash ? 1.3 : 2, type: dash ? "dashed" : "solid", color: aibms.shade(colour) }, itemStyle: { color: aibms.shade(colour) },
        data: (data[name] ?? []).map(([t, v]) => [t, v * factor]),
        markLine: k < 2 && at === 0 ? { silent: true, symbol: "none", animation: false, label: { show: false }, lineStyle: { color: aibms.shade("violet"), type: "dotted", width: 1.5 }, data: marks } : undefined,
      })),
    });
    zoomPanel(view, c);
  }

  function zoomPanel(view, c) {
    const o = c?.getOption()?.dataZoom?.[0];
    if (!o) return;
    // Within what there is: beyond its end a chart would move the whole window back.
    const [startValue, endValue] = view.zoom ? [Math.max(view.zoom[0], view.ends[0]), Math.min(view.zoom[1], view.ends[1])] : [];
    if (view.zoom ? o.startValue === startValue && o.endValue === endValue : o.start === 0 && o.end === 100) return;
    view.isFollowing = true;
    c.dispatchAction(view.zoom ? { type: "dataZoom", startValue, endValue } : { type: "dataZoom", start: 0, end: 100 });
    view.isFollowing = false;
  }

  function whole(id) {
    aibms.shown(id);
    views[id]?.c.dispatchAction({ type: "dataZoom", start: 0, end: 100 });
  }

  // One step nearer or further, for keys and buttons.
  function zoom(id, factor) {
    aibms.shown(id);
    const view = views[id], o = view?.c.getOption()?.dataZoom?.[0];
    if (!o) return;
    const middle = (o.start + o.end) / 2, half = Math.min(50, Math.max(0.2, (o.end - o.start) / 2 * factor));
    view.c.dispatchAction({ type: "dataZoom", start: Math.max(0, middle - half), end: Math.min(100, middle + half) });
  }

  return { start, tick, whole, zoom };
})();

// Draws with Apache ECharts; the numbers come from the server ready to draw.
window.aibms = (() => {
  const charts = {};
  let dark = false;
  const ink = () => dark ? "#e0e0e0" : "#333", faint = () => dark ? "#4a4a55" : "#ddd", paper = () => dark ? "#373740" : "#fff";
  // Told apart by everybody, also without colour by their dashes; the dark ones are lighter, 3 to 1 against the ground at least.
  const shades = { blue: ["#0b5cad", "#6db3f2"], orange: ["#c44e00", "#ff9d4d"], violet: ["#5d3a9b", "#c3a5f5"], brown: ["#8c3b0c", "#ffb38a"], teal: ["#006d6f", "#5ad1d4"], grey: ["#6b6b6b", "#b5b5b5"], red: ["#c62828", "#ff8a80"] };
  const shade = name => shades[name][dark ? 1 : 0];
  const axisLabel = () => ({ color: ink() }), splitLine = () => ({ lineStyle: { color: faint() } });

  function chart(id) {
    const element = document.getElementById(id);
    if (!element) return null;
    let held = charts[id];
    if (held && held.getDom() !== element) { held.dispose(); held = null; }
    if (!held) {
      held = charts[id] = echarts.init(element, null, { renderer: "canvas" });
      new ResizeObserver(() => held.isDisposed() || held.resize()).observe(element);
      eye.observe(element);
    }
    return held;
  }

  // Drawing waits for its turn, one chart a turn, so that a key or a click never waits for more than one; what is out of sight waits until
  // it is seen. Of several orders for one chart (or for one part of it: `id part`) the last one counts.
  const waiting = new Map();
  let isRunning = false;
  const eye = new IntersectionObserver(entries => {
    for (const e of entries) e.target.aibmsIsHidden = !e.isIntersecting;
    run();
  }, { rootMargin: "200px" });

  addEventListener("beforeprint", () => [...waiting.keys()].forEach(now));

  function later(id, work) {
    waiting.set(id, work);
    run();
  }

  function run() {
    if (isRunning) return;
    const next = [...waiting.keys()].find(id => !document.getElementById(id.split(" ")[0])?.aibmsIsHidden);
    if (next === undefined) return;
    isRunning = true;
    setTimeout(() => {
      isRunning = false;
      try { now(next); } finally { run(); }
    });
  }

  function now(id) {
    const work = waiting.get(id);
    waiting.delete(id);
    work?.();
  }

  // The charts that a card shows: one, or several that hang together, `id-0` first; drawn up to now.
  function shown(id) {
    const ids = [...new Set([...Object.keys(charts), ...waiting.keys()])].filter(k => k === id || k.startsWith(id + "-")).sort();
    ids.forEach(now);
    return ids.map(k => charts[k]).filter(c => c && !c.isDisposed());
  }

  // A chart is made anew where its theme or its parts changed; else only its numbers are.
  function isNew(c, key) {
    const told = key + dark;
    if (c.aibmsKey === told) return false;
    if (c.aibmsKey) c.clear();
    c.aibmsKey = told;
    return true;
  }

  function save(name, href) {
    const link = document.createElement("a");
    [link.download, link.href] = [name, href];
    link.click();
  }

  function png(id, name) {
    const held = shown(id), look = { pixelRatio: 2, backgroundColor: paper() };
    if (!held.length) return;
    held[0].aibmsFine?.(2); // what is painted by hand is painted as fine as the rest
    const parts = held.map(c => c.renderToCanvas(look)), whole = document.createElement("canvas"), p = whole.getContext("2d");
    [whole.width, whole.height] = [Math.max(...parts.map(c => c.width)), parts.reduce((sum, c) => sum + c.height, 0)];
    let y = 0;
    for (const part of parts) {
      p.drawImage(part, 0, y);
      y += part.height;
    }
    save(name + ".png", whole.toDataURL());
  }

  function csv(id, name) {
    const [held] = shown(id);
    if (!held?.aibmsRows) return;
    const url = URL.createObjectURL(new Blob([held.aibmsRows().map(row => row.join(",")).join("\n") + "\n"], { type: "text/csv" }));
    save(name + ".csv", url);
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  // Lines over time or over numbers, for trends that are not long.
  const lines = (id, l) => later(id, () => drawLines(id, l));

  function drawLines(id, l) {
    const c = chart(id);
    if (!c) return;
    const told = JSON.stringify(l);
    if (!isNew(c, "lines") && c.aibmsTold === told) return;
    c.aibmsTold = told;
    c.aibmsRows = () => [["series", l.isTime ? "time_utc" : l.xName, "value"], ...l.series.flatMap(s => s.data.map(([x, y]) => [s.name.replace(",", ""), l.isTime ? new Date(x).toISOString() : x, y ?? ""]))];
    c.setOption({
      animation: false, textStyle: { color: ink() }, tooltip: { trigger: "axis", confine: true }, legend: { textStyle: { color: ink() }, top: 0, type: "scroll" },
      grid: { left: 55, right: l.series.some(s => s.axis) ? 55 : 15, top: 46, bottom: 40 },
      xAxis: { type: l.isTime ? "time" : "value", name: l.xName ?? "", nameLocation: "middle", nameGap: 24, nameTextStyle: { color: ink() }, axisLabel: { ...axisLabel(), hideOverlap: true }, splitLine: { show: false } },
      yAxis: l.axes.map(name => ({ type: "value", scale: true, min: v => Math.floor(v.min - 0.5), max: v => Math.ceil(v.max + 0.5), name, nameTextStyle: { color: ink(), align: "left" }, axisLabel: axisLabel(), splitLine: splitLine(), splitNumber: 4 })),
      series: l.series.filter(s => s.data.length).map(s => ({
        id: s.name, name: s.name, type: "line", yAxisIndex: s.axis ?? 0, showSymbol: s.data.length < 40, data: s.data, lineStyle: { width: s.dash ? 1.5 : 2.2, type: s.dash ? "dashed" : "solid", color: shade(s.shade) }, itemStyle: { color: shade(s.shade) },
      })),
    }, { replaceMerge: ["series"] });
  }

  // The fleet where it is: shape and size tell the level besides the colour.
  const map = (id, packs) => later(id, () => drawMap(id, packs));

  // Coasts and borders, each [[east, north], …] with the box it lies in; fetched once.
  let outlines = null;
  async function fetchOutlines() {
    outlines = [];
    const answer = await fetch("outlines.json");
    if (!answer.ok) return;
    outlines = (await answer.json()).map(steps => {
      let x = 0, y = 0;
      const coords = [];
      for (let k = 0; k < steps.length; k += 2) coords.push([(x += steps[k]) / 100, (y += steps[k + 1]) / 100]);
      const east = coords.map(p => p[0]), north = coords.map(p => p[1]);
      return { coords, west: Math.min(...east), east: Math.max(...east), south: Math.min(...north), north: Math.max(...north) };
    });
  }

  // The part of the world that the packs are in, with a margin, in its true proportions: both [least, greatest], degrees.
  function reach(packs, width, height) {
    const ends = values => [Math.min(...values), Math.max(...values)], widened = ([low, high], span) => [(low + high - span) / 2, (low + high + span) / 2];
    const east = ends(packs.map(p => p.east)), north = ends(packs.map(p => p.north)), middle = (north[0] + north[1]) / 2;
    const degreesEastPerNorth = width / height / Math.max(0.2, Math.cos(middle * Math.PI / 180));
    const span = Math.max(2, 1.25 * (north[1] - north[0]), 1.15 * (east[1] - east[0]) / degreesEastPerNorth);
    return [widened(east, span * degreesEastPerNorth), widened(north, span)];
  }

  function drawMap(id, packs) {
    const c = chart(id);
    if (!c) return;
    if (!packs.length) {
      if (isNew(c, "none")) c.setOption({ title: { text: "No pack has told where it is.", left: "center", top: "middle", textStyle: { color: ink(), fontSize: 13, fontWeight: "normal" } } });
      return;
    }
    if (!outlines) fetchOutlines().then(() => { c.aibmsReach = null; });
    const [east, north] = reach(packs, Math.max(50, c.getWidth() - 72), Math.max(50, c.getHeight() - 96));
    const looks = [["circle", 11, "grey", "no fault"], ["rect", 13, "blue", "information"], ["triangle", 17, "orange", "warning"], ["diamond", 21, "red", "fatal"]];
    c.aibmsRows = () => [["pack", "east_deg", "north_deg", "level"], ...packs.map(p => [p.name, p.east, p.north, looks[p.level][3]])];
    if (isNew(c, "map")) {
      c.setOption({
        animation: false, textStyle: { color: ink() }, grid: { left: 52, right: 20, top: 54, bottom: 42 }, legend: { textStyle: { color: ink() }, top: 4 },
        tooltip: { confine: true, formatter: p => p.data.text },
        xAxis: { type: "value", name: "° east", nameLocation: "middle", nameGap: 26, nameTextStyle: { color: ink() }, axisLabel: { ...axisLabel(), showMinLabel: false, showMaxLabel: false, formatter: v => v.toFixed(0) }, splitLine: splitLine() },
        yAxis: { type: "value", name: "° north", nameGap: 8, nameTextStyle: { color: ink() }, axisLabel: { ...axisLabel(), showMinLabel: false, showMaxLabel: false, formatter: v => v.toFixed(0) }, splitLine: splitLine() },
      });
      c.aibmsReach = null;
      c.off("click");
      c.on("click", p => p.data.pack && Blazor.navigateTo("/packs/" + p.data.pack));
    }
    const told = JSON.stringify([east, north]);
    if (c.aibmsReach !== told) {
      c.aibmsReach = told;
      const near = (outlines ?? []).filter(l => l.east > east[0] && l.west < east[1] && l.north > north[0] && l.south < north[1]);
      c.setOption({
        xAxis: { min: east[0], max: east[1] }, yAxis: { min: north[0], max: north[1] },
        series: [{ id: "outlines", type: "lines", coordinateSystem: "cartesian2d", polyline: true, silent: true, clip: true, z: 1, tooltip: { show: false }, lineStyle: { color: shade("grey"), width: 1, opacity: 0.7 }, data: near.map(l => ({ coords: l.coords })) }],
      });
    }
    c.setOption({
      series: looks.map(([symbol, symbolSize, colour, name], level) => ({
        id: "level" + level, name, type: "scatter", symbol, symbolSize, itemStyle: { color: shade(colour), borderColor: paper(), borderWidth: 1 }, z: 2 + level,
        label: { show: level > 1, formatter: p => p.data.name, position: "right", color: ink(), fontSize: 11 }, labelLayout: { hideOverlap: true },
        data: packs.filter(p => p.level === level).map(p => ({ value: [p.east, p.north], pack: p.id, name: p.name, text: p.text })),
      })),
    });
  }

  function setDark(value) {
    dark = value;
    localStorage.setItem("aibms-dark", value ? "1" : "0");
    document.documentElement.dataset.theme = value ? "dark" : "light";
  }

  function startDark() {
    const told = localStorage.getItem("aibms-dark");
    setDark(told === null ? matchMedia("(prefers-color-scheme: dark)").matches : told === "1");
    return dark;
  }

  return { lines, map, png, csv, dark: setDark, startDark, chart, later, shown, isNew, shade, ink, axisLabel, splitLine };
})();

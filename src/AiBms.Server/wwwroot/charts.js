// Draws with Apache ECharts; the numbers come from the server ready to draw.
window.aibms = (() => {
  const charts = {};
  let dark = false;
  const ink = () => dark ? "#ddd" : "#333";
  // From blue to orange through white: told apart by everybody.
  const scale = ["#08519c", "#6baed6", "#f7f7f7", "#fdae6b", "#a63603"];

  function chart(id) {
    const element = document.getElementById(id);
    if (!element) return null;
    let held = charts[id];
    if (held && held.getDom() !== element) { held.dispose(); held = null; }
    if (!held) {
      held = charts[id] = echarts.init(element, null, { renderer: "canvas" });
      new ResizeObserver(() => held.isDisposed() || held.resize()).observe(element);
    }
    return held;
  }

  function heat(id, h) {
    const c = chart(id);
    if (!c) return;
    const rows = h.modules.length, cells = [];
    let widest = 0;
    for (let m = 0; m < rows; m++) {
      const end = m + 1 < rows ? h.first[m + 1] : h.values.length;
      widest = Math.max(widest, end - h.first[m]);
      for (let k = h.first[m]; k < end; k++) cells.push({ value: [k - h.first[m], rows - 1 - m, h.values[k] ?? "-", k + 1], itemStyle: h.bleeding.includes(k) ? { borderColor: "#000", borderWidth: 3 } : {} });
    }
    const known = h.values.filter(v => v !== null);
    const low = h.low ?? Math.min(...known), high = h.high ?? Math.max(...known);
    c.setOption({
      animation: false, textStyle: { color: ink() }, grid: { left: 60, right: 10, top: 8, bottom: 44 },
      tooltip: { formatter: p => `cell ${p.value[3]}: ${p.value[2]} ${h.unit}` },
      xAxis: { type: "category", data: [...Array(widest).keys()].map(k => k + 1), axisLabel: { color: ink() }, splitArea: { show: true } },
      yAxis: { type: "category", data: [...h.modules].reverse(), axisLabel: { color: ink() } },
      visualMap: { min: low, max: high > low ? high : low + 1e-3, calculable: false, orient: "horizontal", left: "center", bottom: 0, itemHeight: 160, itemWidth: 10, precision: h.decimals, text: [`${high} ${h.unit}`, `${low} ${h.unit}`], textStyle: { color: ink() }, inRange: { color: scale }, dimension: 2 },
      series: [{ type: "heatmap", data: cells, label: { show: widest <= 16, fontSize: 10, color: "#000", backgroundColor: "rgba(255,255,255,.55)", padding: 1, formatter: p => p.value[2] }, progressive: 2000 }],
    });
  }

  const lines = [
    ["soc", 0, "SOC, %", 100, "#0b5cad"], ["currentA", 1, "current, A", 1, "#e66100"], ["chargeLimitA", 1, "charge limit, A", 1, "#999"], ["dischargeLimitA", 1, "discharge limit, A", 1, "#777"],
    ["cellVMin", 2, "lowest cell, V", 1, "#5d3a9b"], ["cellVMax", 2, "highest cell, V", 1, "#e66100"], ["hotSpotDegC", 3, "hot spot, °C", 1, "#a63603"], ["inletDegC", 3, "inlet, °C", 1, "#0b5cad"], ["outletDegC", 3, "outlet, °C", 1, "#6baed6"],
  ];
  const units = ["%", "A", "V", "°C"];
  const views = {};

  async function history(id, pack, newestMs) {
    const c = chart(id);
    if (!c) return;
    const view = views[id] && views[id].pack === pack ? views[id] : (views[id] = { pack, from: null, to: null, busy: false });
    view.newest = newestMs;
    if (view.busy || view.from !== null) return;
    await load(c, view, newestMs - 3600e3, newestMs + 1);
    if (view.listens) return;
    view.listens = true;
    c.on("datazoom", () => {
      const o = c.getOption().dataZoom[0], whole = o.start <= 0.5 && o.end >= 99.5;
      [view.from, view.to] = whole ? [null, null] : [o.startValue, o.endValue];
      clearTimeout(view.timer);
      // What is zoomed into is fetched anew, finer.
      view.timer = setTimeout(() => whole || fetchInto(c, view, view.from, view.to), 250);
    });
  }

  async function fetchInto(c, view, from, to) {
    const answer = await fetch(`/api/v1/packs/${view.pack}/history?from=${Math.floor(from)}&to=${Math.ceil(to) + 1}&points=1600`);
    if (!answer.ok || c.isDisposed()) return;
    const data = await answer.json();
    c.setOption({ series: lines.map(([name, , , factor]) => ({ id: name, data: data[name].map(([t, v]) => [t, v * factor]) })) });
  }

  async function load(c, view, from, to) {
    view.busy = true;
    try {
      if (!view.made) {
        view.made = true;
        const label = { color: ink() };
        c.setOption({
          animation: false, textStyle: label, tooltip: { trigger: "axis" }, axisPointer: { link: [{ xAxisIndex: "all" }] },
          toolbox: { feature: { saveAsImage: { name: view.pack, title: "PNG" }, restore: { title: "whole" } }, right: 10 }, legend: { show: false },
          grid: [0, 1, 2, 3].map(k => ({ left: 55, right: 15, top: 20 + 112 * k, height: 84 })),
          xAxis: [0, 1, 2, 3].map(k => ({ type: "time", gridIndex: k, axisLabel: { show: k === 3, color: ink() } })),
          yAxis: [0, 1, 2, 3].map(k => ({ type: "value", gridIndex: k, scale: true, name: ["SOC", "current", "cells", "temperature"][k] + ", " + units[k], nameTextStyle: { color: ink(), align: "left" }, nameGap: 6, axisLabel: label, splitNumber: 3 })),
          dataZoom: [{ type: "inside", xAxisIndex: [0, 1, 2, 3] }, { type: "slider", xAxisIndex: [0, 1, 2, 3], bottom: 2, height: 18 }],
          series: lines.map(([name, grid, title, , color]) => ({ id: name, name: title, type: "line", xAxisIndex: grid, yAxisIndex: grid, showSymbol: false, lineStyle: { width: 1.3, color }, itemStyle: { color }, data: [] })),
        });
      }
      const answer = await fetch(`/api/v1/packs/${view.pack}/history?from=${from}&to=${to}&points=1200`);
      if (!answer.ok || c.isDisposed()) return;
      const data = await answer.json();
      c.setOption({ series: lines.map(([name, , , factor]) => ({ id: name, data: data[name].map(([t, v]) => [t, v * factor]) })) });
    } finally { view.busy = false; }
  }

  function setDark(value) {
    dark = value;
    localStorage.setItem("aibms-dark", value ? "1" : "0");
    for (const id in views) views[id].made = false;
  }

  function startDark() {
    const told = localStorage.getItem("aibms-dark");
    dark = told === null ? matchMedia("(prefers-color-scheme: dark)").matches : told === "1";
    return dark;
  }

  return { heat, history, dark: setDark, startDark };
})();

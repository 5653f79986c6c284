// The cell map: ECharts has the axes, the zoom and the hints; the cells and the scale are pictures, painted anew with each frame.
// A thousand chart elements a second, or the axes anew for each frame, would block the page: painted rectangles do not.
(() => {
  const { chart, isNew, ink, axisLabel } = aibms;
  // From blue to orange through white, dark at both ends.
  const scale = ["#08519c", "#6baed6", "#f7f7f7", "#fdae6b", "#a63603"], unknown = "#9a9a9a";
  const rgb = scale.map(c => [1, 3, 5].map(at => parseInt(c.slice(at, at + 2), 16)));

  // Of 0 to 1 along the scale: the colour, and the ink that is read on it.
  function shadeOf(part) {
    const at = Math.min(Math.max(part, 0), 1) * (rgb.length - 1), left = Math.min(Math.floor(at), rgb.length - 2), share = at - left;
    const [r, g, b] = rgb[left].map((v, k) => Math.round(v + share * (rgb[left + 1][k] - v)));
    return { fill: `rgb(${r},${g},${b})`, text: 0.299 * r + 0.587 * g + 0.114 * b < 140 ? "#fff" : "#000" };
  }

  const textOf = (h, v) => v === null ? "?" : v.toFixed(h.decimals);
  const endOf = (h, row) => row + 1 < h.modules.length ? h.first[row + 1] : h.values.length;

  // A picture to paint on, `ratio` times as fine as the page; two take turns, since a chart sees a change only where the picture is another one.
  function canvasOf(c, name, box, ratio) {
    const held = c[name] ??= [document.createElement("canvas"), document.createElement("canvas")];
    held.reverse();
    [held[0].width, held[0].height] = [Math.ceil(box.width * ratio), Math.ceil(box.height * ratio)];
    const p = held[0].getContext("2d");
    p.setTransform(ratio, 0, 0, ratio, -box.x * ratio, -box.y * ratio);
    [p.font, p.textBaseline] = ["11px sans-serif", "middle"];
    return p;
  }

  // Numbers show where there is room for them, a ring where a cell is balanced, a dashed frame where a signal is not believed.
  function paintCells(c, ratio) {
    const h = c.aibmsHeat, grid = c.aibmsGrid, p = canvasOf(c, "aibmsCells", grid, ratio), last = h.modules.length - 1;
    const [x0, y0] = c.convertToPixel({ seriesIndex: 0 }, [0, last]), width = c.convertToPixel({ seriesIndex: 0 }, [1, last])[0] - x0, height = grid.height / h.modules.length;
    p.textAlign = "center";
    const hasRoom = width > p.measureText(textOf(h, c.aibmsTop)).width + 4 && height > 12;
    for (let row = 0; row <= last; row++)
      for (let k = h.first[row]; k < endOf(h, row); k++) {
        const x = x0 + (k - h.first[row]) * width, y = y0 + row * height;
        if (x + width < grid.x || x - width > grid.x + grid.width) continue;
        const v = h.values[k], { fill, text } = v === null ? { fill: unknown, text: "#000" } : shadeOf((v - c.aibmsLow) / (c.aibmsTop - c.aibmsLow));
        p.fillStyle = fill;
        p.fillRect(x - width / 2 + 0.5, y - height / 2 + 0.5, width - 1, height - 1);
        const isBleeding = c.aibmsBleeding.has(k);
        if (isBleeding || c.aibmsBad.has(k)) {
          [p.strokeStyle, p.lineWidth] = isBleeding ? ["#d5008f", 3] : [ink(), 2];
          p.setLineDash(isBleeding ? [] : [4, 3]);
          p.strokeRect(x - width / 2 + 2, y - height / 2 + 2, width - 4, height - 4);
        }
        if (!hasRoom) continue;
        p.fillStyle = text;
        p.fillText(textOf(h, v), x, y);
      }
    return { image: p.canvas, ...grid };
  }

  function paintScale(c, ratio) {
    const h = c.aibmsHeat, box = { x: 0, y: c.getHeight() - 16, width: c.getWidth(), height: 16 }, p = canvasOf(c, "aibmsScale", box, ratio), middle = box.width / 2, y = box.y + 8;
    const ramp = p.createLinearGradient(middle - 80, 0, middle + 80, 0);
    scale.forEach((colour, k) => ramp.addColorStop(k / (scale.length - 1), colour));
    p.fillStyle = ramp;
    p.fillRect(middle - 80, y - 5, 160, 10);
    [p.fillStyle, p.textAlign] = [ink(), "right"];
    p.fillText(`${textOf(h, c.aibmsLow)} ${h.unit}`, middle - 88, y);
    p.textAlign = "left";
    p.fillText(`${textOf(h, c.aibmsTop)} ${h.unit}`, middle + 88, y);
    return { image: p.canvas, ...box };
  }

  const paint = (c, ratio = devicePixelRatio) => [paintCells, paintScale].map(part => part(c, ratio));

  // What the chart draws when its axes change: the first painting, and after a zoom or another size.
  function render(c, { x, y, width, height }) {
    c.aibmsGrid = { x, y, width, height };
    return { type: "group", children: paint(c).map((style, k) => ({ type: "image", name: "part" + k, silent: k > 0, style })) };
  }

  // With the axes as they are only the pictures change.
  function repaint(c, ratio) {
    const parts = c.getZr().storage.getDisplayList().filter(e => e.type === "image").slice(0, 2);
    if (parts.length < 2) return false;
    paint(c, ratio).forEach((style, k) => parts[k].setStyle(style));
    return true;
  }

  function tip(c) {
    const h = c.aibmsHeat, [column, up] = c.convertFromPixel({ seriesIndex: 0 }, c.aibmsAt ?? [0, 0]), row = h.modules.length - 1 - up, k = h.first[row] + column;
    if (!(k < endOf(h, row))) return "";
    return `cell ${k + 1}: ${h.values[k] === null ? "unknown" : textOf(h, h.values[k]) + " " + h.unit}${c.aibmsBleeding.has(k) ? ", balancing" : ""}${c.aibmsBad.has(k) ? ", signal not believed" : ""}`;
  }

  // With the keyboard as with the wheel: + and − around the middle, arrows to the sides, 0 for all.
  function canBeZoomed(c, isWide) {
    const element = c.getDom();
    element.tabIndex = isWide ? 0 : -1;
    element.onkeydown = e => {
      const { start, end } = c.getOption().dataZoom?.[0] ?? { start: 0, end: 100 }, width = end - start, middle = (start + end) / 2;
      const next = { "+": [middle - width / 3, middle + width / 3], "-": [middle - width, middle + width], ArrowLeft: [start - width / 4, end - width / 4], ArrowRight: [start + width / 4, end + width / 4], 0: [0, 100] }[e.key];
      if (!isWide || !next) return;
      e.preventDefault();
      const shift = Math.max(0, -next[0]) - Math.max(0, next[1] - 100);
      c.dispatchAction({ type: "dataZoom", start: Math.max(0, next[0] + shift), end: Math.min(100, next[1] + shift) });
    };
  }

  aibms.heat = (id, h) => aibms.later(id, () => draw(id, h));

  function draw(id, h) {
    const c = chart(id);
    if (!c) return;
    const known = h.values.filter((v, k) => v !== null && !h.bad.includes(k)), widest = Math.max(...h.modules.map((_, row) => endOf(h, row) - h.first[row]));
    const low = h.low ?? Math.min(...known), top = h.high ?? Math.max(...known);
    [c.aibmsHeat, c.aibmsBleeding, c.aibmsBad] = [h, new Set(h.bleeding), new Set(h.bad)];
    [c.aibmsLow, c.aibmsTop] = [low, top > low ? top : low + Math.pow(10, -h.decimals)];
    c.aibmsRows = () => [["cell", h.name.replace(",", "") + " " + h.unit, "balancing", "believed"], ...h.values.map((v, k) => [k + 1, v ?? "", c.aibmsBleeding.has(k) ? 1 : 0, c.aibmsBad.has(k) ? 0 : 1])];
    if (!isNew(c, "heat" + widest + h.modules.join() + h.first.join()) && repaint(c)) return;
    const zoom = { filterMode: "none", xAxisIndex: 0 };
    c.setOption({
      animation: false, grid: { left: 62, right: 10, top: 8, bottom: widest > 16 ? 82 : 62 },
      tooltip: { confine: true, transitionDuration: 0, formatter: () => tip(c) },
      xAxis: { type: "category", data: [...Array(widest).keys()].map(k => k + 1), axisLabel: axisLabel(), name: "cell of the module", nameLocation: "middle", nameGap: 22, nameTextStyle: { color: ink() } },
      yAxis: { type: "category", data: [...h.modules].reverse(), axisLabel: axisLabel() },
      dataZoom: widest > 16 ? [{ type: "slider", ...zoom, bottom: 40, height: 14, textStyle: { color: ink() } }, { type: "inside", ...zoom, zoomOnMouseWheel: "ctrl" }] : [],
      series: [{ id: "cells", type: "custom", data: [[0, 0]], renderItem: at => render(c, at.coordSys) }],
    });
    canBeZoomed(c, widest > 16);
    c.aibmsFine = ratio => repaint(c, ratio);
    c.getZr().off("mousemove", c.aibmsMove);
    c.getZr().on("mousemove", c.aibmsMove = e => c.aibmsAt = [e.offsetX, e.offsetY]);
  }
})();

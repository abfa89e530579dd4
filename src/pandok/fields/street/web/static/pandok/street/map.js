// The map: tiles of this server, drawn by MapLibre in this browser; nothing is fetched from elsewhere, and no font.
import { refresh } from "./live.js";

const place = document.getElementById("map");
const NAMES = ["heard", "maintenance", "silent", "attention", "serious"];
const COLOURS = ["#4b6b57", "#0072b2", "#333333", "#e69f00", "#c8142d"];
const byStanding = (values) => ["match", ["get", "s"], ...values.slice(1).flatMap((one, at) => [at + 1, one]), values[0]];

async function pictures(map) {
  const marks = [...document.querySelectorAll(".st-legend img")];
  await Promise.all(
    marks.map(async (mark, at) => {
      const image = new Image(44, 44);
      image.src = mark.src;
      await image.decode();
      if (!map.hasImage(NAMES[at])) map.addImage(NAMES[at], await createImageBitmap(image), { pixelRatio: 2 });
    }),
  );
}

function style(tiles) {
  const round = (extra) => ({ source: "poles", type: "circle", ...extra });
  return {
    version: 8,
    sources: {
      boundaries: { type: "geojson", data: new URL(place.dataset.boundaries, location.href).href },
      poles: { type: "vector", tiles: [tiles], minzoom: 0, maxzoom: 20 },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": "#eef1f4" } },
      { id: "areas", type: "fill", source: "boundaries", paint: { "fill-color": "#ffffff" } },
      { id: "edges", type: "line", source: "boundaries", paint: { "line-color": "#8a949e", "line-width": 1 } },
      {
        id: "names", type: "symbol", source: "boundaries", minzoom: 11,
        layout: { "text-field": ["get", "name"], "text-size": 13, "text-font": ["Pretendard"] },
        paint: { "text-color": "#58616a", "text-halo-color": "#ffffff", "text-halo-width": 1.5 },
      },
      round({
        id: "heaps", "source-layer": "heaps",
        paint: {
          "circle-radius": ["interpolate", ["linear"], ["log10", ["get", "n"]], 0, 9, 5, 26],
          "circle-color": "#ffffff", "circle-opacity": 0.9,
          "circle-stroke-color": byStanding(COLOURS), "circle-stroke-width": byStanding([2, 3, 3, 4, 5]),
        },
      }),
      {
        id: "counts", type: "symbol", source: "poles", "source-layer": "heaps",
        layout: {
          "text-field": ["to-string", ["get", "n"]], "text-size": 12, "text-font": ["Pretendard"],
          "text-allow-overlap": true, "text-ignore-placement": true,
        },
        paint: { "text-color": "#1e2124" },
      },
      {
        id: "heap-marks", type: "symbol", source: "poles", "source-layer": "heaps", filter: [">", ["get", "s"], 1],
        layout: {
          "icon-image": byStanding(NAMES), "icon-size": 0.8, "icon-offset": [0, -24], "icon-allow-overlap": true,
          "symbol-sort-key": ["get", "s"],
        },
      },
      round({
        id: "dots", "source-layer": "poles", filter: ["==", ["get", "s"], 0],
        paint: {
          "circle-radius": ["interpolate", ["linear"], ["zoom"], 12, 3, 18, 7], "circle-color": COLOURS[0],
          "circle-stroke-color": "#ffffff", "circle-stroke-width": 1,
        },
      }),
      {
        id: "marks", type: "symbol", source: "poles", "source-layer": "poles", filter: [">", ["get", "s"], 0],
        layout: {
          "icon-image": byStanding(NAMES), "icon-allow-overlap": true, "icon-ignore-placement": true,
          "symbol-sort-key": ["get", "s"],
        },
      },
      {
        id: "keys", type: "symbol", source: "poles", "source-layer": "poles", minzoom: 17,
        layout: { "text-field": ["get", "key"], "text-size": 12, "text-font": ["Pretendard"], "text-offset": [0, 1.4] },
        paint: { "text-color": "#1e2124", "text-halo-color": "#ffffff", "text-halo-width": 1.5 },
      },
    ],
  };
}

async function draw() {
  const maplibre = await import(place.dataset.library);
  maplibre.setWorkerUrl(new URL(place.dataset.worker, location.href).href);
  const at = document.getElementById("id_minute");
  // Tiles of a moment of the past never change; those of now are asked for anew with every mark.
  const then = at && `${Number(at.dataset.begins) + 60 * Number(at.value)}/`;
  const tiles = (mark) => new URL(place.dataset.tiles + (then ?? ""), location.href).href + `{z}/{x}/{y}.mvt?v=${mark}`;
  const [west, south, east, north] = place.dataset.bounds.split(",").map(Number);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = new maplibre.Map({
    container: place,
    style: style(tiles(document.querySelector("[data-mark]").dataset.mark)),
    bounds: [[west, south], [east, north]],
    fitBoundsOptions: { padding: 40, maxZoom: 17 },
    maxZoom: 20,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: 0,
    locale: { "NavigationControl.ZoomIn": place.dataset.zoomIn, "NavigationControl.ZoomOut": place.dataset.zoomOut,
      "Map.Title": place.getAttribute("aria-label") },
  });
  map.addControl(new maplibre.NavigationControl({ showCompass: false }));
  map.on("styleimagemissing", () => {});
  const fly = (centre, zoom) => (still ? map.jumpTo({ center: centre, zoom }) : map.flyTo({ center: centre, zoom }));
  map.on("click", (event) => {
    const [found] = map.queryRenderedFeatures(event.point, { layers: ["marks", "dots", "heaps"] });
    if (!found) return;
    if (found.properties.key) location.href = `${place.dataset.poles}${encodeURIComponent(found.properties.key)}/`;
    else fly(found.geometry.coordinates, map.getZoom() + 2);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fly]");
    if (!button) return;
    fly(button.dataset.fly.split(",").map(Number), 17);
    place.scrollIntoView({ block: "nearest" });
  });
  refresh((mark) => map.getSource("poles")?.setTiles([tiles(mark)]));
  map.once("idle", () => {
    place.dataset.drawn = "1";
    performance.mark("map-drawn");
  });
  await pictures(map);
  place.pandokMap = map;
}

if (place)
  draw().catch(() => {
    document.getElementById("map-said").textContent = place.dataset.failed;
    place.hidden = true;
  });

// The runs of all duties as pictures, a tile at a time: thousands of translucent lines are quickly painted once, but slowly drawn anew
// for each frame of a map that moves.
import { TILE, meets, trace } from "./map_legs.js";
import { dutyColour } from "../lib/colours.js";

const OPACITY = 0.42;
/** Pixels by which a line may reach into the tile beside its own. */
const RIM = 4;

/** The picture of a tile; null where no leg crosses it. @param {import("./map_legs.js").Leg[]} legs @param {number} z @param {number} x @param {number} y @param {boolean} dark */
export function paintTile(legs, z, x, y, dark) {
  const tiles = 2 ** z, rim = RIM / TILE;
  const here = legs.filter((leg) => meets(leg, (x - rim) / tiles, (y - rim) / tiles, (x + 1 + rim) / tiles, (y + 1 + rim) / tiles));
  if (!here.length) return null;
  const side = Math.round(TILE * devicePixelRatio);
  const canvas = new OffscreenCanvas(side, side);
  const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.scale(side / TILE, side / TILE);
  [pen.globalAlpha, pen.lineCap, pen.lineJoin] = [OPACITY, "round", "round"];
  for (const { duty, load, at } of here) {
    pen.strokeStyle = dutyColour(duty.index, dark);
    pen.lineWidth = 0.6 + 0.4 * Math.min(6, load);
    trace(pen, { world: TILE * tiles, left: TILE * x, top: TILE * y }, at);
    pen.stroke();
  }
  return canvas.transferToImageBitmap();
}

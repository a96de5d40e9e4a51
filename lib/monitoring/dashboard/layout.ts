import { COLUMNS, Widget } from "./widgets";

/** A widget with its place, as AWS takes it. */
export interface PlacedWidget extends Widget {
  readonly x: number;
  readonly y: number;
}

/** Rows of widgets from top to bottom; a row that is too long goes on below. */
export function layOut(rows: readonly (readonly Widget[])[]): PlacedWidget[] {
  const placed: PlacedWidget[] = [];
  let y = 0;
  for (const row of rows) {
    let x = 0;
    let height = 0;
    for (const widget of row) {
      if (x + widget.width > COLUMNS) [x, y, height] = [0, y + height, 0];
      placed.push({ ...widget, x, y });
      x += widget.width;
      height = Math.max(height, widget.height);
    }
    y += height;
  }
  return placed;
}

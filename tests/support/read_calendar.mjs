// Reads a calendar file from stdin with ical.js, the reader of Thunderbird; prints its entries with their instants.
import ICAL from "ical.js";
import { readFileSync } from "node:fs";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
const entries = calendar.getAllSubcomponents("vevent").map((component) => {
  const entry = new ICAL.Event(component);
  return { uid: entry.uid, starts: entry.startDate.toUnixTime(), ends: entry.endDate.toUnixTime(), summary: entry.summary };
});
process.stdout.write(JSON.stringify(entries));

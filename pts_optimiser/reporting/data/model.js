// The page's data as objects: places, journeys, duties with stops.

const data = JSON.parse(byId("data").textContent);

const places = data.places.map(([label, postcode, lat, lon, kind]) => ({ label, postcode, lat, lon, kind }));

const journeys = data.journeys.map((row) => ({
  id: row[0], category: data.words[row[1]], mobility: data.words[row[2]], direction: data.words[row[3]], escorts: row[4],
  from: places[row[5]], to: places[row[6]], due: row[7], appointment: row[8] === 1, marks: data.words[row[9]],
  duty: null, pickup: null, dropoff: null,
}));

const duties = data.duties.map((row, index) => {
  const duty = {
    index, id: row[0], vehicle: row[1], type: data.words[row[2]], base: places[row[3]], crew: row[4], from: row[5], until: row[6],
    energy: data.words[row[7]], km: row[8], hours: row[9], layouts: row[10].map((word) => data.words[word]),
  };
  duty.stops = row[11].map((stop, number) => ({
    number, kind: data.kinds[stop[0]], journey: stop[1] < 0 ? null : journeys[stop[1]], place: places[stop[2]],
    arrive: stop[3], begin: stop[4], depart: stop[5], metres: stop[6], parties: stop[7], people: stop[8], layout: stop[9],
  }));
  for (const stop of duty.stops) {
    if (!stop.journey) continue;
    stop.journey.duty = duty;
    stop.journey[stop.kind] = stop;
  }
  duty.journeys = duty.stops.filter((stop) => stop.kind === "pickup").length;
  duty.out = duty.stops[0].depart;
  duty.back = duty.stops[duty.stops.length - 1].arrive;
  return duty;
});

for (const duty of duties) duty.base.base = true;

const unserved = data.unserved.map(([journey, reasons]) => ({
  journey: journeys[journey], reasons: reasons.map(([reason, detail, action]) => ({ reason, detail, action })),
}));

const missed = data.missed.map(([journey, measure, seconds]) => ({ journey: journeys[journey], measure, seconds }));

// Seconds after the day's midnight as the clock on the wall shows them, another day marked.
function clock(seconds) {
  let shift = 0;
  for (const [from, value] of data.clock) if (seconds >= from) shift = value;
  const shown = Math.floor((seconds + shift) / 60);
  const days = Math.floor(shown / 1440);
  const minutes = shown - days * 1440;
  const time = `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  return days ? `${time} (${days > 0 ? "+" : "−"}${Math.abs(days)})` : time;
}

const VERBS = { start: "Leave base", pickup: "▲ Pick up", dropoff: "▼ Set down", break: "Break", end: "Back at base" };

const when = (stop) => clock(stop.kind === "end" ? stop.arrive : stop.kind === "start" ? stop.depart : stop.begin);

/** What the caller says whose bridge is killed, told apart by how long it lasts. */
export const KILL_LINES = [
  { text: "my router is broken", ms: 800 },
  { text: "yes please", ms: 1_600 },
  { text: "I want to talk to a person", ms: 2_400 },
];

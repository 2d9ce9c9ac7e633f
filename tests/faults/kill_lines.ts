/** What the caller says whose bridge is killed. */
export const KILL_LINES = ["my router is broken", "yes please", "I want to talk to a person"];

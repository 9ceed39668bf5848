// @ts-check
/** Seeded random numbers: `SEED=` sets the seed, which is printed. */

/** Returns the seed. @param {string} what */
export function seed(what) {
  const seed = Number(process.env.SEED ?? 20261124);
  console.log(`${what}: SEED=${seed}`);
  return seed;
}

/** A small seeded generator (mulberry32). @param {number} state */
export function mulberry32(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

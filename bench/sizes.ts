// How large and how long the benchmarks are. Knows numbers only.

export interface Sizes {
  /** Members of the small, the middle and the large directory. */
  readonly small: number;
  readonly middle: number;
  readonly large: number;
  /** Seconds of one stretch of load, and how many stretches each side gets in turn. */
  readonly seconds: number;
  readonly rounds: number;
  /** Timed requests of each side where they take turns one by one. */
  readonly turns: number;
  /** Bursts of requests of as many different lengths, up to 500. */
  readonly bursts: number;
}

/** What the published figures are measured with. */
export const full: Sizes = {
  small: 1000,
  middle: 100_000,
  large: 1_000_000,
  seconds: 5,
  rounds: 5,
  turns: 2000,
  bursts: 200,
};

/** Enough to see that everything works, not enough to quote. */
export const quick: Sizes = {
  small: 1000,
  middle: 5000,
  large: 20_000,
  seconds: 1,
  rounds: 2,
  turns: 200,
  bursts: 40,
};

/** The highest rate that the service makes use of [doc: 16 kbps; its models hear speech at 16 kHz]. */
const speechRate = 16_000;

/** The rate to convert a recording to: the service's, or the recording's own where that is the lower telephone rate. */
export function rateToSend(sampleRate: number | null): number {
  return sampleRate === 8_000 ? sampleRate : speechRate;
}

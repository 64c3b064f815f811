import { basename } from "node:path";
import { digestOfRecording } from "../audio/digest.ts";
import type { Range } from "../audio/piece.ts";
import { nameOf } from "../audio/source.ts";
import type { JournalUse } from "../invocation.ts";
import { answerKey } from "../journal/answer-key.ts";
import { forgetAnswer, keepAnswer, keptAnswer } from "../journal/answers.ts";
import type { AnswerId, KeptAnswer } from "../journal/kept-answer.ts";
import { pruneAnswers } from "../journal/prune.ts";
import { stateDirectory } from "../journal/state.ts";
import { once } from "../once.ts";
import type { PlannedAudio, SendableAudio } from "../plan/planned-audio.ts";
import type { Stretch } from "../transcript/coverage.ts";
import type { World } from "../world.ts";
import type { Ask } from "./ask.ts";
import type { SentPiece } from "./pieces.ts";
import type { Prepared, Request } from "./prepare.ts";
import type { SentAudio } from "./ready.ts";

/** The answers that earlier runs have paid for, and those of this run, for later ones. */
export interface AnswerBook {
  /** The page of one question; `clips` are the ranges of the recording of which the audio is made, where it is. */
  readonly page: (audio: PlannedAudio, request: Request, clips?: readonly Range[]) => Page;
  /** How many answers were found in it. */
  readonly recalled: () => number;
}

/** What one question was answered, each time that it was put. */
interface Page {
  /** What an earlier run has sent and paid an answer for; null where none has. */
  readonly first: () => Promise<Recalled | null>;
  /** Puts the question only where no answer is known, and keeps what comes. */
  readonly through: (put: Ask, sent: SentAudio) => Ask;
  /** Keeps beside the answer what it tells nothing of; of several answers nobody knows which one counts. */
  readonly note: (unheard: readonly Stretch[]) => Promise<void>;
  /** Takes all of them out again: the question is to be put anew. */
  readonly forget: () => Promise<void>;
}

interface Recalled {
  /** What was sent; the file is gone. */
  readonly sent: SentPiece;
  /** What sounds in it, and the answer tells nothing of; null where nobody has looked. */
  readonly unheard: readonly Stretch[] | null;
}

const emptyPage: Page = {
  first: async () => null,
  through: (put) => put,
  note: async () => {},
  forget: async () => {},
};

/** Opens the book. Of what is not on this machine nothing is kept: nobody knows here what it holds. */
export function openBook(world: World, use: JournalUse, { asking, client }: Prepared): AnswerBook {
  const digests = new Map<string, Promise<string>>();
  let recalled = 0;
  const digestOf = ({ file, path }: SendableAudio) => {
    const known = digests.get(file) ?? digestOfRecording(world, { path: file, name: nameOf(path) });
    digests.set(file, known);
    return known;
  };
  const pageOf = (audio: SendableAudio, { question }: Request, clips: readonly Range[]): Page => {
    const { range, channel, sending } = audio;
    const known = new Map<number, Promise<KeptAnswer | null>>();
    const idOf = async (attempt: number): Promise<AnswerId> => {
      const contentDigest = await digestOf(audio);
      const part = { ...range, channel, track: asking.track, sending, clips };
      const request = question.compose([]);
      const identity = { contentDigest, baseUrl: client.baseUrl, api: asking.api, request, part, attempt };
      return { contentDigest, key: answerKey(identity) };
    };
    const look = async (attempt: number) => {
      const found = use === "use" ? await keptAnswer(world, await idOf(attempt)) : null;
      if (found !== null) recalled += 1;
      return found;
    };
    const recall = (attempt: number) => {
      const found = known.get(attempt) ?? look(attempt);
      known.set(attempt, found);
      return found;
    };
    let attempts = 0;
    let fresh: KeptAnswer | null = null;
    return {
      first: async () => {
        const kept = await recall(0);
        if (kept === null) return null;
        const { piece, notes, unheard } = kept;
        return { sent: { kind: "piece", audio, piece, isSilent: false, notes }, unheard };
      },
      through: (put, sent) => async (following) => {
        const attempt = attempts;
        attempts += 1;
        const kept = await recall(attempt);
        if (kept !== null) {
          await following?.listener?.write(kept.collected.text);
          return kept.collected;
        }
        const collected = await put(following);
        if (sent.kind !== "piece") return collected;
        const { piece, notes } = sent;
        const recording = basename(audio.path);
        fresh = { recording, savedMs: world.now(), collected, piece, notes, unheard: null };
        await keepAnswer(world, await idOf(attempt), fresh);
        await prune();
        return collected;
      },
      note: async (unheard) => {
        if (fresh !== null && attempts === 1) await keepAnswer(world, await idOf(0), { ...fresh, unheard });
      },
      forget: async () => {
        for (let attempt = 0; attempt < attempts; attempt += 1)
          await forgetAnswer(world, await idOf(attempt));
      },
    };
  };
  const prune = once(() => pruneAnswers(world));
  const isOff = use === "off" || stateDirectory(world.env) === null;
  return {
    page: (audio, request, clips = []) =>
      !isOff && audio.kind === "local" ? pageOf(audio, request, clips) : emptyPage,
    recalled: () => recalled,
  };
}

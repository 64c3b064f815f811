import { Digester, digestOf } from "../audio/digest.ts";
import { Failure } from "../failure.ts";
import type { World } from "../world.ts";
import type { Client } from "./client.ts";
import { hexOfHash, type RemoteFile } from "./remote-file.ts";
import { triedOften } from "./retry.ts";
import {
  cancel,
  Gone,
  sendFrom,
  start,
  type Upload,
  unexpected,
  type Whereabouts,
  whereabouts,
} from "./upload-protocol.ts";

/** A file that was uploaded, and the SHA-256 of its bytes, in hex. */
export interface Uploaded {
  readonly file: RemoteFile;
  readonly digest: string;
}

/** A fresh `files/<id>`: 40 characters at most, lower-case letters, digits and dashes [doc]. Tells nothing. */
export function chooseFileName(world: Pick<World, "randomHex">): string {
  return `files/gaudio-${world.randomHex(16)}`;
}

/**
 * Uploads a recording by the resumable protocol, in one request as long as nothing breaks. After a break
 * the service is asked how much has arrived, and the upload goes on from there; one that the service
 * does not know any more begins anew. Whatever arrives counts against giving up: only tries in
 * a row that bring nothing use up the retries. The local file's name is not sent.
 * Errors: Failure `service`, `key` or `limit` as the service refuses; `input` when the file got shorter
 * meanwhile; the signal's reason when the run is stopped.
 */
export async function upload(client: Client, wanted: Upload, signal: AbortSignal): Promise<Uploaded> {
  const { patience } = client;
  const digester = new Digester();
  let session = await start(client, wanted, signal);
  let offset = 0;
  let fruitless = 0;
  try {
    for (;;) {
      const state = await sendFrom(client, { ...wanted, ...session, offset, digester }, signal).catch(
        async (thrown: unknown): Promise<Whereabouts> => {
          const failure = thrown instanceof Gone ? expired() : thrown;
          if (!(failure instanceof Failure) || !failure.retryable) throw failure;
          if (fruitless >= patience.retries) throw triedOften(failure, fruitless);
          await patience.backOff(fruitless, failure);
          return whereabouts(client, { ...wanted, ...session }, signal);
        },
      );
      if (state.kind === "done") {
        return verified(state.file, wanted.reader.sizeBytes, await digestOf(digester, wanted.reader, signal));
      }
      if (state.kind === "gone") session = await start(client, wanted, signal);
      const received = state.kind === "gone" ? 0 : state.received;
      fruitless = received > offset ? 0 : fruitless + 1;
      if (fruitless > patience.retries) throw unfinished(received, wanted.reader.sizeBytes);
      offset = received;
    }
  } catch (thrown) {
    await cancel(client, session.url);
    throw thrown;
  }
}

/** Errors: Failure `service` when what the service holds is not what was sent. */
function verified(file: RemoteFile, size: number, digest: string): Uploaded {
  const { sizeBytes, sha256Hash } = file;
  if (sizeBytes !== null && sizeBytes !== String(size)) {
    throw unexpected(`it received ${sizeBytes} of ${size} bytes`);
  }
  if (sha256Hash !== null && hexOfHash(sha256Hash) !== digest) {
    throw unexpected("what it received is not what was sent");
  }
  return { file, digest };
}

function expired(): Failure {
  return new Failure("service", "uploading: the service has forgotten the upload", {
    hint: "run the command again",
    retryable: true,
  });
}

function unfinished(received: number, size: number): Failure {
  return unexpected(`${received} of ${size} bytes arrived`);
}

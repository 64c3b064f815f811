import { describe, expect, test } from "vitest";
import { readTranscript } from "../../../src/transcript/read/read-transcript.ts";
import { failureOf } from "./failure.ts";

const read = (text: string) => readTranscript(text, { path: "talk.srt" });

/** Who says what when, as far as it is known. */
function saidIn(text: string): string[] {
  const { segments, speakers } = read(text);
  return segments.map(({ start, end, text: said, speaker }) => {
    const index = speakers.findIndex(({ id }) => id === speaker);
    const who = speaker === null ? "" : ` ${speakers[index]?.name ?? speaker}:`;
    return `${start}-${end}${who} ${said}`;
  });
}

const cue = (text: string, second = 0) => `1\n00:00:0${second},000 --> 00:00:0${second + 1},500\n${text}\n\n`;

describe("SRT", () => {
  const plain = "1\n00:00:01,000 --> 00:00:02,500\nHello\nthere.\n\n2\n01:00:03,000 --> 01:00:04,000\nYes.\n";
  const expected = ["1000-2500 Hello there.", "3603000-3604000 Yes."];

  test.each([
    ["plain", plain],
    ["with CRLF", plain.replaceAll("\n", "\r\n")],
    ["with CR", plain.replaceAll("\n", "\r")],
    ["with a byte order mark", `\uFEFF${plain}`],
    ["with blank lines before and behind", `\n\n \n${plain}\n\n\n`],
    ["without counters", plain.replace(/^\d\n/gm, "")],
    ["without blank lines", plain.replaceAll("\n\n", "\n")],
    ["with blank lines in a text", plain.replace("Hello\n", "Hello\n\n")],
    ["with points", plain.replaceAll(",", ".")],
    ["without decimals", plain.replaceAll(",000", "").replaceAll(",500", ".5")],
    ["without hours", plain.replaceAll("00:00:0", "00:0").replaceAll("01:00:0", "60:0")],
    ["with white space", plain.replaceAll(" --> ", "\t-->  ").replace("01,000", "01,000 ")],
    ["without white space", plain.replaceAll(" --> ", "-->")],
    ["with places on the screen", plain.replace("02,500", "02,500  X1:100 X2:200 Y1:5 Y2:6")],
    ["with tags", plain.replace("Hello", '{\\an8}<i><font color="red">Hel</font>lo</i>')],
    ["with counters of another kind", plain.replace("2\n01", "0002 \n01")],
  ])("%s", (_, text) => {
    expect(saidIn(text)).toEqual(expected);
  });

  test("what is read has no model, and is as long as there is speech", () => {
    const { making, source, language, text } = read(plain);
    expect(making.model).toBeNull();
    expect(making.usage.requests).toBe(0);
    expect({ language, text }).toEqual({ language: null, text: "Hello there. Yes." });
    expect(source).toMatchObject({ path: "talk.srt", duration: 3_604, codec: null });
  });

  test.each([
    ["a &lt; b &amp;lt; c &#39;x&#x27; &nbsp;&copy;", "a < b &lt; c 'x' &copy;"],
    ["a < b, <an> anchor> & so", "a < b, <an> anchor> & so"],
    ["an arrow --> here", "an arrow --> here"],
    ["&#27;[2J&#0;&#xD800;&#9999999;", "[2J&#xD800;&#9999999;"],
    ["&constructor;&__proto__;", "&constructor;&__proto__;"],
    ["今天早上，\n六点", "今天早上，六点"],
    ["42", "42"],
  ])("the text %j is %j", (text, said) => {
    expect(saidIn(cue(text))).toEqual([`0-1500 ${said}`]);
  });

  test("a cue that says nothing is none", () => {
    expect(saidIn(cue("") + cue("<i></i>", 2) + cue("So.", 4))).toEqual(["4000-5500 So."]);
  });

  test("a cue that ends before it begins lasts no time, and that is told", () => {
    const { segments, making } = read("00:00:05,000 --> 00:00:04,000\nOops\n");
    expect(segments[0]).toMatchObject({ start: 5_000, end: 5_000 });
    expect(making.warnings).toHaveLength(1);
  });

  test.each([
    ["00:00:01,000 --> soon", "talk.srt: line 6: not a pair of times: 00:00:01,000 --> soon"],
    ["00:00:01,000 -->", "talk.srt: line 6: "],
    ["0o:00:01,000 --> 00:00:02,000", "talk.srt: line 6: "],
    ["99999999:00:00 --> 00:00:02,000", "talk.srt: line 6: "],
  ])("%s is told by its line", (line, message) => {
    const text = `${cue("Hello")}2\n${line}\nYes.\n`;
    expect(failureOf(() => read(text)).message).toContain(message);
  });
});

describe("names before the texts of SRT", () => {
  test("one that begins several cues is a speaker", () => {
    expect(saidIn(cue("Anna: Hello") + cue("So.", 2) + cue("Anna:\nYes", 4) + cue("Note: shut", 6))).toEqual([
      "0-1500 Anna: Hello",
      "2000-3500 So.",
      "4000-5500 Anna: Yes",
      "6000-7500 Note: shut",
    ]);
    expect(read(cue("Anna: Hello") + cue("So.", 2) + cue("Anna: Yes", 4)).speakers).toHaveLength(1);
  });

  test("if every cue begins with one, all are", () => {
    expect(saidIn(cue("李明：你好") + cue("Dr. Anna: Hi", 2) + cue("[SPEAKER_00]: So", 4))).toEqual([
      "0-1500 李明: 你好",
      "2000-3500 Dr. Anna: Hi",
      "4000-5500 SPEAKER_02: So",
    ]);
  });

  test.each([
    ["Note: the door is open"],
    ["He said: go"],
    ["Well, then: go"],
    ["at 10:30: go"],
    ["https://example.com: go"],
    [`${"A long story that is no name".repeat(2)}: go`],
  ])("%j among others stays what it is", (text) => {
    const { speakers, segments } = read(cue(text) + cue("Hello.", 2) + cue("Yes.", 4));
    expect(speakers).toEqual([]);
    expect(segments[0]?.text).toBe(text);
  });

  test("gaudio's own Speaker 1 has no name, and Speaker 7 keeps the one there is", () => {
    expect(read(cue("Speaker 1: Hello") + cue("Speaker 7: Yes", 2)).speakers).toEqual([
      { id: "SPEAKER_00", name: null },
      { id: "SPEAKER_01", name: "Speaker 7" },
    ]);
  });
});

describe("WebVTT", () => {
  const vtt = (...blocks: readonly string[]) => `WEBVTT\n\n${blocks.join("\n\n")}\n`;

  test("comments, styles, regions, names and places of cues are none of the text", () => {
    const text = vtt(
      "NOTE 00:01.000 --> or so\nof all",
      "STYLE\n::cue { color: red }",
      "REGION\nid:a",
      "intro\n00:01.000 --> 00:02.500 align:start position:0%\n<c.loud>Hello</c>\n<00:00:01.500><b>there</b>.",
      "NOTE",
      "100:00:00.000 --> 100:00:01.000\nYes.",
      "no cue",
    );
    expect(saidIn(text)).toEqual(["1000-2500 Hello there.", "360000000-360001000 Yes."]);
  });

  test("voices are speakers, several in one cue, too", () => {
    const text = vtt(
      "00:01.000 --> 00:02.000\n<v.loud Anna &lt;Ann&gt;>Hello</v>",
      "00:02.000 --> 00:03.000\n<v Ben>Hi.</v> <v Anna &lt;Ann&gt;>So &amp; so",
      "00:03.000 --> 00:04.000\nNobody: knows",
    );
    expect(saidIn(text)).toEqual([
      "1000-2000 Anna <Ann>: Hello",
      "2000-3000 Ben: Hi.",
      "2000-3000 Anna <Ann>: So & so",
      "3000-4000 Nobody: knows",
    ]);
  });

  test("without voices, names before the texts are speakers", () => {
    const text = vtt(
      "00:01.000 --> 00:02.000\n[SPEAKER_01]: Hello",
      "00:02.000 --> 00:03.000\n[SPEAKER_01]: Yes",
    );
    expect(saidIn(text)).toEqual(["1000-2000 SPEAKER_00: Hello", "2000-3000 SPEAKER_00: Yes"]);
  });

  test("the header may name the language, and be all there is", () => {
    expect(read("WEBVTT - talk\nKind: captions\nLanguage: pt_BR")).toMatchObject({
      language: "pt-BR",
      segments: [],
      text: "",
    });
  });

  test("cues may follow each other without a blank line", () => {
    expect(saidIn("\uFEFFWEBVTT\r\n00:01.000 --> 00:02.000\r\nA\r\n00:02.000 --> 00:03.000\r\nB")).toEqual([
      "1000-2000 A",
      "2000-3000 B",
    ]);
  });

  test("a time that is none is told by its line", () => {
    const { message } = failureOf(() => read(vtt("00:01.000 --> 00:0x.000\nHello")));
    expect(message).toBe("talk.srt: line 3: not a pair of times: 00:01.000 --> 00:0x.000");
  });

  test("WEBVTTX is no WebVTT", () => {
    expect(failureOf(() => read("WEBVTTX\n\nhello")).message).toContain("no transcript");
  });
});

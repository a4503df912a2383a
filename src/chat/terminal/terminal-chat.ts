import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Attempt, Destination } from '../../model/alert.ts';
import type { Platform } from '../../model/channel.ts';
import type { Reply } from '../../model/rich-text.ts';
import { type AnswerDeps, answerCommand } from '../answer-command.ts';
import { AttachmentError, attachmentText } from '../attachment.ts';
import { answerText, operationText, type TerminalStyle } from './terminal-text.ts';

interface TerminalOptions {
  write: (text: string) => void;
  style: TerminalStyle;
}

/** What makes a terminal sound. */
const BELL = '\u0007';

/** Alerts in the terminal; it also stands in for a platform without a token, and then says where they would go. */
export function terminalDestination(platform: Platform, { write, style }: TerminalOptions): Destination {
  return {
    platform,
    async deliver({ channelId, deliveryId, operation, ping }: Attempt) {
      const place = platform === 'terminal' ? null : `${platform}:${channelId}`;
      // An edit would repeat the whole alert; the reply that comes with it says what is new.
      if (operation.kind !== 'edit' && operation.kind !== 'edit-notice')
        write((ping.includes('here') ? BELL : '') + operationText(operation, place, style));
      return deliveryId;
    },
    // Nothing tells whether a line reached a reader before a crash, and a repeated alert is better than a lost one.
    find: async () => null,
    direct: async () => null,
  };
}

interface AnswerOptions extends AnswerDeps {
  style: TerminalStyle;
  /** Where a note goes while the answer takes long. */
  note?: (text: string) => void;
}

const TERMINAL = { workspace: 'terminal', channel: 'terminal', person: 'terminal', mayCallAll: true };

/** Answers one command line such as "/watch list" in the terminal. */
export async function answerInTerminal(words: string, options: AnswerOptions): Promise<string> {
  const meanwhile = async (note: Reply) => options.note?.(answerText(note, options.style));
  const asked = { ...TERMINAL, attachment: fileText };
  const answer = await answerCommand(words.replace(/^\//, ''), asked, { ...options, meanwhile });
  return answerText(answer, options.style);
}

/** The text of the file at a path; null when no path is typed. Throws AttachmentError. */
async function fileText(path: string): Promise<string | null> {
  if (path === '') return null;
  try {
    return attachmentText(path, await readFile(path));
  } catch (cause) {
    if (cause instanceof AttachmentError) throw cause;
    throw new AttachmentError(
      `I could not read the file “${path}”. Type the path of a file that I may read.`,
      { cause },
    );
  }
}

interface PromptOptions extends AnswerOptions {
  input: Readable;
  output: NodeJS.WritableStream;
}

/** Takes commands at a prompt until the input ends, /quit or `close`; `closed` tells. */
export function openPrompt(options: PromptOptions): {
  closed: Promise<void>;
  write(text: string): void;
  close(): void;
} {
  const { input, output } = options;
  const prompt = createInterface({ input, output, prompt: 'tocsin> ' });
  const closed = new Promise<void>((resolve) => prompt.once('close', resolve));
  // One answer at a time: pasted commands are answered in their order.
  let answered = Promise.resolve();
  prompt.on('line', (line) => {
    if (/^\/?(quit|exit)$/.test(line.trim())) {
      prompt.close();
      return;
    }
    answered = answered.then(async () => {
      output.write(await answerLine(line, { ...options, note: (text) => output.write(text) }));
      prompt.prompt();
    });
  });
  prompt.prompt();
  return {
    closed,
    close: () => prompt.close(),
    /** Prints above the prompt, and puts back what was being typed. */
    write(text) {
      output.write(`\r\u001b[K${text}`);
      prompt.prompt(true);
    },
  };
}

async function answerLine(line: string, options: AnswerOptions): Promise<string> {
  const words = line.trim();
  return words === '' ? '' : `${await answerInTerminal(words, options)}\n`;
}

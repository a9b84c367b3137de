// Failures as pages: one of the translators of the error catalogue. Says what happened, what to do, and which request.
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { ReactElement } from 'react';
import { AppError } from '../core/app-error.ts';
import { Page } from './page.tsx';
import { sendPage } from './send-page.tsx';

interface Explained {
  readonly status: number;
  readonly title: string;
  readonly text: string;
}

const titles: Readonly<Record<number, string>> = {
  401: 'You are signed out',
  403: 'This was not let through',
  404: 'There is nothing here',
  409: 'That is not possible now',
  413: 'That is too large',
  429: 'That was a lot at once',
  503: 'Rollcall is busy',
};

/** Translates any failure. What nobody foresaw says nothing about the inside. */
function explain(error: unknown): Explained {
  if (error instanceof AppError) {
    const title = titles[error.status] ?? 'That cannot be read';
    return { status: error.status, title, text: error.message };
  }
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status < 400 || status >= 500) {
    return {
      status: 500,
      title: 'Something went wrong in Rollcall',
      text: 'Nothing was changed. Go back and try again; if it stays so, give your admin the number below.',
    };
  }
  const text =
    'The request was not one that this page understands. Go back, load the page again and try once more.';
  return { status, title: titles[status] ?? 'That cannot be read', text };
}

function ErrorPage({ title, text, requestId }: Explained & { readonly requestId: string }): ReactElement {
  return (
    <Page title={title}>
      <p>{text}</p>
      <p>
        <a href="/">Go to the start page</a>
      </p>
      <p className="quiet small">Request {requestId}</p>
    </Page>
  );
}

/** Answers a failure with a page; the log gets what the page does not say. */
export function sendErrorPage(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const explained = explain(error);
  if (explained.status === 500) request.log.error({ err: error }, 'a page failed');
  if (explained.status === 503) reply.header('retry-after', '5');
  return sendPage(reply, <ErrorPage {...explained} requestId={request.id} />, { status: explained.status });
}

/** Answers a browser that asked for a page that does not exist. */
export function sendNotFoundPage(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const text = 'Check the address. If a link in a mail led here, open it again from the mail, whole.';
  const page = <ErrorPage status={404} title="There is nothing here" text={text} requestId={request.id} />;
  return sendPage(reply, page, { status: 404 });
}

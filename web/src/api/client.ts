/** Where hearts come from: the server beside the page, or the hearts kept inside an exported file. */
import type {
  BeatView,
  CompareRequest,
  ComparisonView,
  CourseRequest,
  CourseView,
  Job,
  Problem,
  Scenario,
  Schema,
  TreatRequest,
  TreatView,
} from './types'

/** A refusal that the reader can be told; `status` 0: the server does not answer. */
export class Refusal extends Error {
  readonly status: number
  constructor(detail: string, status: number) {
    super(detail)
    this.status = status
  }
}

export type Onset = NonNullable<CourseRequest['onset']> | null
export type Progress = (share: number) => void

export interface Source {
  /** whether everything was computed before, so that nothing new can be asked */
  readonly kept: boolean
  schema(): Promise<Schema>
  simulate(scenario: Scenario, signal?: AbortSignal): Promise<BeatView>
  treat(request: TreatRequest, signal?: AbortSignal): Promise<TreatView>
  /** the same heart after years with the leak; `onset` null: as the leak usually comes */
  grow(scenario: Scenario, years: number, onset: Onset): Promise<Scenario>
  course(request: CourseRequest, progress: Progress, signal: AbortSignal): Promise<CourseView>
  compare(request: CompareRequest, progress: Progress, signal: AbortSignal): Promise<ComparisonView>
  /** any other document of the API, e.g. 'library' */
  document<T>(name: string): Promise<T>
}

const SILENT = 'The simulation does not answer. Is `mitral serve` still running? The heart shown is the last one; it goes on when the server is back.'

async function request(path: string, init: RequestInit): Promise<Response> {
  let answer: Response
  try {
    answer = await fetch(`./api/v1/${path}`, init)
  } catch (fault) {
    if (init.signal?.aborted) throw fault
    throw new Refusal(SILENT, 0)
  }
  if (answer.ok) return answer
  const problem = (await answer.json().catch(() => null)) as Problem | null
  throw new Refusal(problem?.detail ?? `The server answered ${answer.status}.`, answer.status)
}

async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await (await request(path, { signal: signal ?? null })).json()) as T
}

async function post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const headers = { 'content-type': 'application/json' }
  const init = { method: 'POST', headers, body: JSON.stringify(body), signal: signal ?? null }
  return (await (await request(path, init)).json()) as T
}

/** Begins long work, tells its progress and fetches the result; an abort cancels it on the server too. */
async function work<T>(path: string, body: unknown, progress: Progress, signal: AbortSignal): Promise<T> {
  const job = await post<Job>(path, body, signal)
  await new Promise<void>((resolve, reject) => {
    const events = new EventSource(`./api/v1/jobs/${job.id}/events`)
    const stop = (fault?: unknown) => {
      events.close()
      signal.removeEventListener('abort', cancel)
      if (fault) reject(fault)
      else resolve()
    }
    const cancel = () => {
      void fetch(`./api/v1/jobs/${job.id}`, { method: 'DELETE' }).catch(() => undefined)
      stop(new DOMException('cancelled', 'AbortError'))
    }
    signal.addEventListener('abort', cancel)
    if (signal.aborted) cancel()
    events.addEventListener('progress', (event) => {
      progress((JSON.parse((event as MessageEvent<string>).data) as Job).share)
    })
    events.addEventListener('done', () => stop())
    events.addEventListener('failed', (event) => {
      const problem = JSON.parse((event as MessageEvent<string>).data) as Problem
      stop(new Refusal(problem.detail, problem.status))
    })
    events.addEventListener('cancelled', () => stop(new DOMException('cancelled', 'AbortError')))
    events.onerror = () => {
      if (events.readyState === EventSource.CLOSED) stop(new Refusal(SILENT, 0))
    }
  })
  return get<T>(`jobs/${job.id}/result`, signal)
}

export const server: Source = {
  kept: false,
  schema: () => get<Schema>('schema'),
  simulate: (scenario, signal) => post<BeatView>('simulate', scenario, signal),
  treat: (wish, signal) => post<TreatView>('treat', wish, signal),
  grow: (scenario, years, onset) => post<Scenario>('grow', { ...scenario, years, onset }),
  course: (wish, progress, signal) => work<CourseView>('course', wish, progress, signal),
  compare: (wish, progress, signal) => work<ComparisonView>('compare', wish, progress, signal),
  document: (name) => get(name),
}

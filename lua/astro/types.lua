---@meta
-- Made by `make reference` from astro.api and the core's tables. Every field may be absent:
-- a token with few permissions gets few.

---@alias astro.Kind
---| "connect" # refused, DNS, a proxy that refuses, closed or reset inside the TLS handshake
---| "tls" # certificate untrusted, expired or for another host; no common protocol
---| "timeout" # time, wherever it ran out
---| "transport" # reset, truncated, not HTTP, HTTP/2 stream errors
---| "unauthorized" # 401: token missing, invalid or expired (one that says so is not sent)
---| "forbidden" # 403: no permission
---| "not_found" # 404: absent, or invisible to the token
---| "conflict" # 409, or, with nothing sent, a state that does not allow it
---| "rate_limited" # 429
---| "invalid" # any other 3xx or 4xx; redirects are never followed; an `until_` that is past
---| "server" # 5xx
---| "decode" # a 2xx that is not one JSON object
---| "too_large" # more than `max_body`
---| "cancelled" # the call was cancelled, or its client closed

---What `astro.client` and `astro.get_deployment` take; times are seconds.
---@class astro.Options
---@field api_version? "auto"|"v1beta1"|"v1"|"none" `v1beta1`, `v1`, `none` (the base URL is the API's root, as of some mock servers), or `auto`: v1beta1, and v1 once the service says that it is gone
---@field base_url? string the service; with a path it is used as it is, without one the version's path is added
---@field ca_file? string PEM file of trusted authorities, in place of the system's
---@field ca_path? string hashed directory of trusted authorities, likewise
---@field timeout? number the whole call
---@field attempt_timeout? number one attempt, so that a silent connection leaves room to try again
---@field connect_timeout? number name look-up, connection and TLS
---@field max_body? integer bytes of the answer, after decompression
---@field proxy? string|false a URL, or `false` for none; else the environment's, which a loopback host never uses
---@field headers? table<string, string> table of names and values, added to ours
---@field user_agent? string put before ours
---@field retries? integer further attempts after a failure that may pass
---@field log? fun(level: string, text: string, fields: table) `function(level, text, fields)`; without one, lines go to stderr if `ASTRO_LOG` is set
---@field organization? string the organization's id; without one, that of a token which is a JWT
---@field token? string|fun(err?: astro.Error): string?, string? the API token, or a function that gives it at each request
---@field check_token? boolean `false`: a token that has expired by its own word is sent, too
---@field rate? number|false GETs a second for each token, or `false`; other processes are not counted
---@field rate_dict? string name of a `lua_shared_dict` for it alone: an nginx's workers keep the rate, and its pauses, together
---@field concurrency? integer requests at once; by default 200 over two HTTP/2 connections, 8 over HTTP/1.1
---@field api_pin? string sent as `X-API-Version`, such as `1.0`
---@field loop? astro.Loop the event loop to yield to, such as `require "astro.loop.luv"`; without one, calls block
---@field blocking? boolean `true`: a call may block even an nginx worker that serves requests
---@field on_request? fun(request: astro.Attempt) `function(request)` before each attempt: what it writes into `request.headers` is sent
---@field on_response? fun(request: astro.Attempt, response: astro.Response) `function(request, response)` after each attempt: status, headers, HTTP version and more
---@field cancel? astro.Canceller from `astro.canceller()`: calling it ends calls, those to come too, as `cancelled`
---@field progress? boolean `true`: on a terminal a line on stderr says how far pages, many and waits have come
---@field transport? astro.Transport `function(request)` in place of libcurl: gives `status, headers, body`, or `nil, message`

---What every method of a client takes.
---@class astro.CallOptions
---@field timeout? number the whole call
---@field attempt_timeout? number one attempt, so that a silent connection leaves room to try again
---@field connect_timeout? number name look-up, connection and TLS
---@field max_body? integer bytes of the answer, after decompression
---@field headers? table<string, string> table of names and values, added to ours
---@field retries? integer further attempts after a failure that may pass
---@field organization? string the organization's id; without one, that of a token which is a JWT
---@field token? string|fun(err?: astro.Error): string?, string? the API token, or a function that gives it at each request
---@field on_request? fun(request: astro.Attempt) `function(request)` before each attempt: what it writes into `request.headers` is sent
---@field on_response? fun(request: astro.Attempt, response: astro.Response) `function(request, response)` after each attempt: status, headers, HTTP version and more
---@field cancel? astro.Canceller from `astro.canceller()`: calling it ends calls, those to come too, as `cancelled`
---@field progress? boolean `true`: on a terminal a line on stderr says how far pages, many and waits have come
---@field transport? astro.Transport `function(request)` in place of libcurl: gives `status, headers, body`, or `nil, message`

---What `with` takes.
---@class astro.WithOptions
---@field api_version? "auto"|"v1beta1"|"v1"|"none" `v1beta1`, `v1`, `none` (the base URL is the API's root, as of some mock servers), or `auto`: v1beta1, and v1 once the service says that it is gone
---@field timeout? number the whole call
---@field attempt_timeout? number one attempt, so that a silent connection leaves room to try again
---@field connect_timeout? number name look-up, connection and TLS
---@field max_body? integer bytes of the answer, after decompression
---@field headers? table<string, string> table of names and values, added to ours
---@field user_agent? string put before ours
---@field retries? integer further attempts after a failure that may pass
---@field log? fun(level: string, text: string, fields: table) `function(level, text, fields)`; without one, lines go to stderr if `ASTRO_LOG` is set
---@field organization? string the organization's id; without one, that of a token which is a JWT
---@field token? string|fun(err?: astro.Error): string?, string? the API token, or a function that gives it at each request
---@field check_token? boolean `false`: a token that has expired by its own word is sent, too
---@field api_pin? string sent as `X-API-Version`, such as `1.0`
---@field blocking? boolean `true`: a call may block even an nginx worker that serves requests
---@field on_request? fun(request: astro.Attempt) `function(request)` before each attempt: what it writes into `request.headers` is sent
---@field on_response? fun(request: astro.Attempt, response: astro.Response) `function(request, response)` after each attempt: status, headers, HTTP version and more
---@field cancel? astro.Canceller from `astro.canceller()`: calling it ends calls, those to come too, as `cancelled`
---@field progress? boolean `true`: on a terminal a line on stderr says how far pages, many and waits have come
---@field transport? astro.Transport `function(request)` in place of libcurl: gives `status, headers, body`, or `nil, message`

---What `get_deployments` takes beside.
---@class astro.CallOptions.get_deployments: astro.CallOptions
---@field list? boolean `false`: single GETs from the start
---@field deadline? number for all of them
---@field on_progress? fun(done: integer, total: integer) `function(done, total)`

---What `wait_for` takes beside.
---@class astro.CallOptions.wait_for: astro.CallOptions
---@field status? astro.enums.status|astro.enums.status[]|fun(deployment: astro.Deployment): any one, a list, or a function
---@field timeout? number the whole wait
---@field interval? number between two looks
---@field on_poll? fun(deployment?: astro.Deployment, err?: astro.Error, elapsed: number) `function(deployment | nil, err | nil, elapsed)`

---What `watch` takes beside.
---@class astro.CallOptions.watch: astro.CallOptions
---@field interval? number from look to look
---@field initial? boolean `true`: the first look tells of each Deployment as one that appeared

---What `hibernate` takes beside.
---@class astro.CallOptions.hibernate: astro.CallOptions
---@field until_? number|string when the override ends: `"2h"`, `"1d12h"`, seconds from now, or a time by RFC 3339; without it, never
---@field wait? boolean `true`: until it is so
---@field timeout? number the whole call, its wait too
---@field interval? number between two looks
---@field on_poll? fun(deployment?: astro.Deployment, err?: astro.Error, elapsed: number) `function(deployment | nil, err | nil, elapsed)`

---What `wake` takes beside.
---@class astro.CallOptions.wake: astro.CallOptions
---@field until_? number|string when the override ends: `"2h"`, `"1d12h"`, seconds from now, or a time by RFC 3339; without it, never
---@field wait? boolean `true`: until it is so
---@field timeout? number the whole call, its wait too
---@field interval? number between two looks
---@field on_poll? fun(deployment?: astro.Deployment, err?: astro.Error, elapsed: number) `function(deployment | nil, err | nil, elapsed)`

---What `resume_schedule` takes beside.
---@class astro.CallOptions.resume_schedule: astro.CallOptions
---@field wait? boolean `true`: until it is so
---@field timeout? number the whole call, its wait too
---@field interval? number between two looks
---@field on_poll? fun(deployment?: astro.Deployment, err?: astro.Error, elapsed: number) `function(deployment | nil, err | nil, elapsed)`

---What `while_awake` takes beside.
---@class astro.CallOptions.while_awake: astro.CallOptions
---@field until_? number|string when the override ends: `"2h"`, `"1d12h"`, seconds from now, or a time by RFC 3339; without it, never
---@field timeout? number until the function is called
---@field interval? number between two looks
---@field on_poll? fun(deployment?: astro.Deployment, err?: astro.Error, elapsed: number) `function(deployment | nil, err | nil, elapsed)`

---What `request` takes beside.
---@class astro.CallOptions.request: astro.CallOptions
---@field params? table what fills the path's braces
---@field query? table names and values; a list repeats its name
---@field body? table|string a table, sent as JSON, or a string, sent as it is

---What `each` takes beside.
---@class astro.CallOptions.each: astro.CallOptions
---@field params? table what fills the path's braces

---What `each_log` takes beside.
---@class astro.CallOptions.each_log: astro.CallOptions
---@field sources? string|string[] whose lines; by default all that are known
---@field since? number|string from when on: seconds since the epoch, how long ago or a timestamp
---@field till? number|string until when; not with `follow`
---@field search? string lines that have this
---@field follow? boolean `true`: goes on as lines come
---@field interval? number between two requests of a follow
---@field window? number how late a line of a follow may come

---@alias astro.enums.cloudProvider string
---| "AWS"
---| "AZURE"
---| "GCP"

---@alias astro.enums.executor string
---| "CELERY"
---| "KUBERNETES"
---| "ASTRO"

---@alias astro.enums.nextEventType string
---| "HIBERNATE"
---| "WAKE"

---@alias astro.enums.schedulerSize string
---| "SMALL"
---| "MEDIUM"
---| "LARGE"
---| "EXTRA_LARGE"

---@alias astro.enums.status string
---| "CREATING"
---| "DEPLOYING"
---| "HEALTHY"
---| "UNHEALTHY"
---| "UNKNOWN"
---| "HIBERNATING"

---@alias astro.enums.subjectType string
---| "USER"
---| "SERVICEKEY"

---@alias astro.enums.type string
---| "DEDICATED"
---| "HYBRID"
---| "STANDARD"

---@class astro.enums
---@field cloudProvider { [integer]: string, AWS: "AWS", AZURE: "AZURE", GCP: "GCP" }
---@field executor { [integer]: string, CELERY: "CELERY", KUBERNETES: "KUBERNETES", ASTRO: "ASTRO" }
---@field nextEventType { [integer]: string, HIBERNATE: "HIBERNATE", WAKE: "WAKE" }
---@field schedulerSize { [integer]: string, SMALL: "SMALL", MEDIUM: "MEDIUM", LARGE: "LARGE", EXTRA_LARGE: "EXTRA_LARGE" }
---@field status { [integer]: string, CREATING: "CREATING", DEPLOYING: "DEPLOYING", HEALTHY: "HEALTHY", UNHEALTHY: "UNHEALTHY", UNKNOWN: "UNKNOWN", HIBERNATING: "HIBERNATING" }
---@field subjectType { [integer]: string, USER: "USER", SERVICEKEY: "SERVICEKEY" }
---@field type { [integer]: string, DEDICATED: "DEDICATED", HYBRID: "HYBRID", STANDARD: "STANDARD" }

---@class astro.DeploymentsPaginated
---@field deployments? astro.Deployment[] the page's Deployments
---@field limit? integer how many a page may have
---@field offset? integer how many come before it
---@field totalCount? integer how many there are

---@class astro.Deployment
---@field id? string the Deployment's id
---@field name? string its name; may end in a blank
---@field description? string what its owners say of it
---@field status? astro.enums.status how it is
---@field statusReason? string why it is so, in the service's words
---@field organizationId? string the organization it belongs to
---@field workspaceId? string the workspace it belongs to
---@field workspaceName? string that workspace's name
---@field namespace? string its Kubernetes namespace, such as weightless-diameter-8927
---@field type? astro.enums.type what kind of cluster it runs on
---@field cloudProvider? astro.enums.cloudProvider its cluster's cloud (standard)
---@field region? string its cluster's region (dedicated and hybrid)
---@field clusterId? string its cluster's id
---@field clusterName? string its cluster's name (dedicated and hybrid); may end in a blank
---@field airflowVersion? string the version of Airflow; NA where it is not known
---@field astroRuntimeVersion? string the version of Astro Runtime: 12.6.0, or 3.1-9 for Airflow 3
---@field runtimeVersion? string the same under its older name
---@field imageRepository? string where its images are
---@field imageTag? string its image's custom tag; only where the latest deploy named one
---@field imageVersion? string Astronomer's own tag of its image: date and time of a deploy
---@field isCicdEnforced? boolean only CI/CD may deploy to it
---@field isDagDeployEnabled? boolean DAGs may be deployed without an image
---@field isDevelopmentMode? boolean for development: may hibernate, has no guaranteed uptime
---@field isHighAvailability? boolean several scheduler pods run at once
---@field dagTarballVersion? string the DAG bundle that it has
---@field desiredDagTarballVersion? string the one that it has once a deploy under way is done
---@field executor? astro.enums.executor what runs its tasks
---@field schedulerSize? astro.enums.schedulerSize the schedulers' size by name
---@field schedulerReplicas? integer how many schedulers
---@field schedulerAu? integer the scheduler's Astronomer units (hybrid)
---@field schedulerCpu? string the cores that a scheduler may use
---@field schedulerMemory? string the memory that it may use
---@field webServerReplicas? integer how many web servers
---@field webServerCpu? string the cores that a web server may use
---@field webServerMemory? string the memory that it may use
---@field defaultTaskPodCpu? string a worker pod's cores (Kubernetes executor or operator)
---@field defaultTaskPodMemory? string a worker pod's memory, likewise
---@field resourceQuotaCpu? string the cores of all such pods; beyond them no new one starts
---@field resourceQuotaMemory? string the memory of all such pods, likewise
---@field taskPodNodePoolId? string the node pool of task pods
---@field workerQueues? astro.WorkerQueue[] the queues of workers (CELERY and ASTRO)
---@field environmentVariables? astro.DeploymentEnvironmentVariable[] what its processes find set
---@field scalingSpec? astro.DeploymentScalingSpec how it should scale
---@field scalingStatus? astro.DeploymentScalingStatus how it scales now
---@field remoteExecution? astro.DeploymentRemoteExecution tasks that run in the customer's own cluster
---@field contactEmails? string[] who is told of trouble
---@field externalIPs? string[] its external addresses
---@field oidcIssuerUrl? string the OIDC issuer of its cluster
---@field effectiveWorkloadIdentity? string its identity in the cloud (v1)
---@field workloadIdentity? string its identity in the cloud (v1beta1)
---@field drExternalIPs? string[] its external addresses in its disaster-recovery cluster
---@field drOidcIssuerUrl? string the OIDC issuer of that cluster
---@field effectiveDRWorkloadIdentity? string its identity there (v1)
---@field drWorkloadIdentity? string its identity there (v1beta1)
---@field uiUrl? string Airflow's UI, with ?orgId=
---@field webServerUrl? string the web server, without a scheme, with ?orgId=
---@field webServerIngressHostname? string the web server's ingress: its host, and perhaps a path
---@field webServerAirflowApiUrl? string Airflow's API, without a scheme; /api/v2 for Airflow 3
---@field apiUrl? string Airflow's API
---@field createdAt? string when it was made
---@field createdBy? astro.BasicSubjectProfile who made it
---@field updatedAt? string when it was changed last
---@field updatedBy? astro.BasicSubjectProfile who changed it last

---@class astro.WorkerQueue
---@field id? string the queue's id
---@field name? string what tasks call it
---@field isDefault? boolean takes the tasks that name no queue
---@field minWorkerCount? integer the fewest workers
---@field maxWorkerCount? integer the most workers
---@field workerConcurrency? integer how many tasks a worker may run at once
---@field astroMachine? string the workers' machine: A5, A10, ... (hosted)
---@field nodePoolId? string their node pool (hybrid)
---@field podCpu? string a worker's cores
---@field podMemory? string a worker's memory
---@field podEphemeralStorage? string a worker's scratch space (v1)

---@class astro.DeploymentEnvironmentVariable
---@field key? string its name
---@field value? string its value; absent where it is secret
---@field isSecret? boolean the value is never told
---@field updatedAt? string when it was set

---@class astro.DeploymentScalingSpec
---@field hibernationSpec? astro.DeploymentHibernationSpec when it should hibernate

---@class astro.DeploymentHibernationSpec
---@field schedules? astro.DeploymentHibernationSchedule[] by the clock
---@field override? astro.DeploymentHibernationOverride by hand, in place of the schedules

---@class astro.DeploymentHibernationSchedule
---@field hibernateAtCron? string when it is put to sleep, cron in UTC; Sunday is 0
---@field wakeAtCron? string when it is woken, cron in UTC
---@field isEnabled? boolean whether the schedule counts
---@field description? string what its owners say of the schedule

---@class astro.DeploymentHibernationOverride
---@field isActive? boolean whether it counts
---@field isHibernating? boolean asleep or awake
---@field overrideUntil? string until when; absent: until further notice

---@class astro.DeploymentScalingStatus
---@field hibernationStatus? astro.DeploymentHibernationStatus whether it hibernates

---@class astro.DeploymentHibernationStatus
---@field isHibernating? boolean asleep now
---@field reason? string why
---@field nextEventType? astro.enums.nextEventType what comes next
---@field nextEventAt? string when that is

---@class astro.DeploymentRemoteExecution
---@field enabled? boolean whether it is on
---@field allowedIpAddressRanges? string[] who may call its API
---@field remoteApiUrl? string where the customer's agents call
---@field taskLogBucket? string where task logs are kept
---@field taskLogUrlPattern? string a task log's URL, with braces to fill

---@class astro.BasicSubjectProfile
---@field id? string the subject's id
---@field subjectType? astro.enums.subjectType a person or an API token
---@field fullName? string a person's name
---@field username? string a person's user name
---@field apiTokenName? string an API token's name
---@field avatarUrl? string a person's picture

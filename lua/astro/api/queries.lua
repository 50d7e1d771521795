--- What queries of the API may have, as rows of options: each key means the same wherever it is. Source: the API's
--- reference of v1, July 2026. A column `enum` has the values known; more may come.

local CLOUDS = { "AWS", "AZURE", "GCP" }
local SCOPES = { "DEPLOYMENT", "WORKSPACE", "ORGANIZATION", "DAG" }

-- stylua: ignore
return {
   { name = "deploymentIds", type = "strings", text = "these alone" },
   { name = "names", type = "strings", text = "those of these names" },
   { name = "workspaceIds", type = "strings", text = "those in these workspaces" },
   { name = "workspaceId", type = "id", text = "those in this workspace" },
   { name = "deploymentId", type = "id", text = "those of this Deployment" },
   { name = "dagId", type = "string", text = "those with a role in this DAG" },
   { name = "dagTags", type = "strings", text = "those with a role in DAGs of these tags" },
   { name = "provider", type = "string", enum = CLOUDS, text = "the cloud" },
   { name = "cloudProvider", type = "string", enum = CLOUDS, text = "the cloud" },
   { name = "type", type = "string", enum = { "DEDICATED", "HYBRID" }, text = "the kind of cluster" },
   { name = "deploymentType", type = "string", enum = { "HYBRID", "DEDICATED", "STANDARD" },
     text = "the kind of Deployment" },
   { name = "executor", type = "string", enum = { "CELERY", "KUBERNETES", "ASTRO" }, text = "what runs its tasks" },
   { name = "product", type = "string", enum = { "HOSTED", "HYBRID" }, text = "those with this product" },
   { name = "productPlan", type = "string", enum = { "TRIAL", "BASIC", "STANDARD", "PREMIUM", "BUSINESS_CRITICAL" },
     text = "those with this plan" },
   { name = "astronomerProduct", type = "string", enum = { "ASTRO" }, text = "those whose plan is for this product" },
   { name = "kind", type = "string", enum = { "STANDARD", "DIRECT_ACCESS" }, text = "tokens of this kind" },
   { name = "includeOnlyOrganizationTokens", type = "boolean", text = "`true`: none of workspaces and Deployments" },
   { name = "scopeType", type = "string", enum = SCOPES, text = "what the permissions are for" },
   { name = "scopeTypes", type = "strings", enum = SCOPES, text = "what the roles are for" },
   { name = "includeDefaultRoles", type = "boolean", text = "`true`: the service's own roles, too" },
   { name = "objectType", type = "string", text = "objects of this kind",
     enum = { "CONNECTION", "ENVIRONMENT_VARIABLE", "AIRFLOW_VARIABLE", "METRICS_EXPORT" } },
   { name = "objectKey", type = "string", text = "the one of this key" },
   { name = "showSecrets", type = "boolean", text = "`true`: with secret values; pictures mask them all the same" },
   { name = "resolveLinked", type = "boolean", text = "`true`: those linked to it, too" },
   { name = "isLookUpOnly", type = "boolean", text = "`true`: only what identifies it" },
   { name = "createIfNotExist", type = "boolean", text = "`true`: makes the user of the token where there is none" },
   { name = "sources", type = "strings", text = "whose lines",
     enum = { "scheduler", "triggerer", "worker", "webserver", "dag-processor", "apiserver" } },
   { name = "range", type = "integer", min = 0, max = 2147483647, text = "seconds back from now; 3600 by default" },
   { name = "maxNumResults", type = "integer", min = 1, max = 2147483647, text = "lines of the whole search" },
   { name = "searchId", type = "string", text = "the search to go on with, as an answer named it" },
   { name = "searchText", type = "string", text = "lines that have this" },
   { name = "startDate", type = "string", text = "from then on" },
   { name = "endDate", type = "string", text = "until then" },
   { name = "sorts", type = "strings", text = "such as `name:asc`, or `:desc`" },
   { name = "offset", type = "integer", min = 0, max = 2147483647, text = "how many to leave out" },
   { name = "limit", type = "integer", min = 0, max = 10000, text = "how many a page may have" },
}

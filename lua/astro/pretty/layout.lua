--- The places of fields in a card, as data. A group has a title and rows: names of fields, several in a row if they
--- belong together. Fields that are not named here come at the card's end.
---   at        the field whose object has them; without it they are the Deployment's own
---   drop      words that go without saying in this group's labels
---   once      fields that are left out if the one before says the same
---   items     a list that is shown as a table with these columns; fields of an item in `beneath` come below the table
---   least     to how many columns values may be cut in such a table, where lines are narrow; others stay whole

return {
   {
      title = "Deployment",
      drop = { deployment = true },
      rows = {
         { "id" },
         { "namespace" },
         { "workspaceName", "workspaceId" },
         { "organizationId" },
         { "isHighAvailability", "isDevelopmentMode" },
         { "contactEmails" },
      },
   },
   {
      title = "Airflow and runtime",
      once = { runtimeVersion = true },
      drop = { tarball = true },
      rows = {
         { "airflowVersion" },
         { "astroRuntimeVersion", "runtimeVersion" },
         { "imageRepository" },
         { "imageTag", "imageVersion" },
         { "dagTarballVersion" },
         { "desiredDagTarballVersion" },
         { "isDagDeployEnabled", "isCicdEnforced" },
      },
   },
   {
      title = "Executor",
      rows = {
         { "executor" },
         { "defaultTaskPodCpu", "defaultTaskPodMemory" },
         { "resourceQuotaCpu", "resourceQuotaMemory" },
         { "taskPodNodePoolId" },
      },
   },
   {
      title = "Scheduler",
      drop = { scheduler = true },
      rows = { { "schedulerSize", "schedulerReplicas", "schedulerAu", "schedulerCpu", "schedulerMemory" } },
   },
   {
      title = "Web server",
      drop = { web = true, server = true },
      rows = { { "webServerReplicas", "webServerCpu", "webServerMemory" } },
   },
   {
      title = "Cluster and region",
      drop = { effective = true },
      rows = {
         { "type", "cloudProvider", "region" },
         { "clusterName", "clusterId" },
         { "externalIPs" },
         { "oidcIssuerUrl" },
         { "effectiveWorkloadIdentity" },
      },
   },
   {
      title = "Worker queues",
      items = "workerQueues",
      drop = { worker = true, pod = true, astro = true, count = true, ephemeral = true },
      columns = {
         "name",
         "isDefault",
         "minWorkerCount",
         "maxWorkerCount",
         "workerConcurrency",
         "astroMachine",
         "podCpu",
         "podMemory",
         "podEphemeralStorage",
         "id",
      },
      beneath = { "nodePoolId" },
   },
   {
      title = "Environment variables",
      items = "environmentVariables",
      columns = { "key", "isSecret", "updatedAt", "value" },
      shows_empty = true,
      least = { value = 16 },
   },
   { title = "Hibernation", is_hibernation = true },
   {
      title = "Remote execution",
      at = "remoteExecution",
      drop = { address = true },
      rows = {
         { "enabled" },
         { "remoteApiUrl" },
         { "allowedIpAddressRanges" },
         { "taskLogBucket" },
         { "taskLogUrlPattern" },
      },
   },
   {
      title = "Disaster recovery",
      drop = { dr = true, effective = true },
      rows = { { "drExternalIPs" }, { "drOidcIssuerUrl" }, { "effectiveDRWorkloadIdentity" } },
   },
   { title = "Links", has_links = true },
   { title = "Who and when", rows = { { "createdAt" }, { "createdBy" }, { "updatedAt" }, { "updatedBy" } } },
}

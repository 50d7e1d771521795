--- What the API's operations take, in the form of `astro.api.objects`. Where several kinds of Deployment or cluster
--- take different fields, an object has them all, and `*` where each kind wants it. Source: the API's reference of v1,
--- July 2026.

-- stylua: ignore
return {
   AddTeamMembersRequest = "memberIds* string[]",
   BulkCreateAllowedIpAddressRangesRequest = "allowedIpAddressRanges* string[]",
   BulkDeleteAllowedIpAddressRangesRequest = "allowedIpAddressRangeIds* string[]",
   CreateAgentTokenRequest = "description string, name* string, tokenExpiryPeriodInDays integer",
   CreateAllowedIpAddressRangeRequest = "ipAddressRange* string",
   CreateApiTokenRequest = [[
      description string, entityId string, kind {STANDARD DIRECT_ACCESS}, name* string, role* string,
      scope* {DEPLOYMENT WORKSPACE ORGANIZATION}, tokenExpiryPeriodInDays integer
   ]],
   CreateClusterRequest = [[
      cloudProvider* {AWS AZURE GCP}, dbInstanceType string, drRegion string, drSecondaryVpcCidr string,
      drVpcSubnetRange string, enableReplicationTimeControl boolean, isPrivateNetworkEgressEnabled boolean,
      k8sTags ClusterK8sTag[], name* string, nodePools CreateNodePoolRequest[], providerAccount string,
      region* string, secondaryVpcCidr string, type* {DEDICATED HYBRID}, vpcSubnetRange* string,
      workspaceIds string[], tenantId string, drPodSubnetRange string, drServicePeeringRange string,
      drServiceSubnetRange string, podSubnetRange string, servicePeeringRange string, serviceSubnetRange string
   ]],
   CreateCustomRoleRequest = [[
      description string, name* string, permissions* string[], restrictedWorkspaceIds string[],
      scopeType* {DEPLOYMENT DAG}
   ]],
   CreateDeployGitRequest = [[
      account string, authorName string, authorUrl string, authorUsername string, beforeCommitSha string,
      branch string, commitSha* string, commitUrl string, path string, provider* {GITHUB GENERIC}, remoteUrl string,
      repo string
   ]],
   CreateDeployRequest = [[
      bundleMountPath string, bundleType string, description string, git CreateDeployGitRequest,
      type* {IMAGE_AND_DAG IMAGE_ONLY DAG_ONLY BUNDLE}
   ]],
   CreateDeploymentInstanceSpecRequest = "au integer, replicas integer",
   CreateDeploymentRequest = [[
      astroRuntimeVersion string, clusterId string, contactEmails string[], defaultTaskPodCpu string,
      defaultTaskPodMemory string, description string, drWorkloadIdentity string,
      environmentVariables DeploymentEnvironmentVariableRequest[], executor {CELERY KUBERNETES ASTRO},
      isCicdEnforced boolean, isDagDeployEnabled boolean, isDevelopmentMode boolean, isHighAvailability boolean,
      name* string, remoteExecution DeploymentRemoteExecutionRequest, resourceQuotaCpu string,
      resourceQuotaMemory string, scalingSpec DeploymentScalingSpecRequest,
      schedulerSize {SMALL MEDIUM LARGE EXTRA_LARGE}, type {DEDICATED HYBRID STANDARD},
      workerQueues WorkerQueueRequest[], workloadIdentity string, workspaceId* string,
      scheduler CreateDeploymentInstanceSpecRequest, taskPodNodePoolId string, cloudProvider {AWS AZURE GCP},
      region string
   ]],
   CreateEnvironmentObjectAirflowVariableOverridesRequest = "value string",
   CreateEnvironmentObjectAirflowVariableRequest = "isSecret boolean, value string",
   CreateEnvironmentObjectConnectionOverridesRequest = [[
      extra map, host string, login string, password string, port integer, schema string, type string
   ]],
   CreateEnvironmentObjectConnectionRequest = [[
      authTypeId string, extra map, host string, login string, password string, port integer, schema string,
      type* string
   ]],
   CreateEnvironmentObjectEnvironmentVariableOverridesRequest = "value string",
   CreateEnvironmentObjectEnvironmentVariableRequest = "isSecret boolean, value string",
   CreateEnvironmentObjectLinkRequest = [[
      overrides CreateEnvironmentObjectOverridesRequest, scope* {DEPLOYMENT}, scopeEntityId* string
   ]],
   CreateEnvironmentObjectMetricsExportOverridesRequest = [[
      authType {BASIC AUTH_TOKEN SIGV4}, basicToken string, endpoint string, exporterType {PROMETHEUS}, headers map,
      labels map, password string, sigV4AssumeArn string, sigV4StsRegion string, username string
   ]],
   CreateEnvironmentObjectMetricsExportRequest = [[
      authType {BASIC AUTH_TOKEN SIGV4}, basicToken string, endpoint* string, exporterType* {PROMETHEUS}, headers map,
      labels map, password string, sigV4AssumeArn string, sigV4StsRegion string, username string
   ]],
   CreateEnvironmentObjectOverridesRequest = [[
      airflowVariable CreateEnvironmentObjectAirflowVariableOverridesRequest,
      connection CreateEnvironmentObjectConnectionOverridesRequest,
      environmentVariable CreateEnvironmentObjectEnvironmentVariableOverridesRequest,
      metricsExport CreateEnvironmentObjectMetricsExportOverridesRequest
   ]],
   CreateEnvironmentObjectRequest = [[
      airflowVariable CreateEnvironmentObjectAirflowVariableRequest, autoLinkDeployments boolean,
      connection CreateEnvironmentObjectConnectionRequest, description string,
      environmentVariable CreateEnvironmentObjectEnvironmentVariableRequest,
      excludeLinks ExcludeLinkEnvironmentObjectRequest[], links CreateEnvironmentObjectLinkRequest[],
      metricsExport CreateEnvironmentObjectMetricsExportRequest, objectKey* string,
      objectType* {CONNECTION ENVIRONMENT_VARIABLE AIRFLOW_VARIABLE METRICS_EXPORT}, scope* {WORKSPACE DEPLOYMENT},
      scopeEntityId* string
   ]],
   CreateNodePoolRequest = "isDefault boolean, maxNodeCount* integer, name* string, nodeInstanceType* string",
   CreateTeamRequest = [[
      description string, memberIds string[], name* string,
      organizationRole {ORGANIZATION_OWNER ORGANIZATION_OBSERVE_ADMIN ORGANIZATION_OBSERVE_MEMBER
         ORGANIZATION_BILLING_ADMIN ORGANIZATION_MEMBER}
   ]],
   CreateUserInviteRequest = [[
      inviteeEmail* string,
      role* {ORGANIZATION_OWNER ORGANIZATION_OBSERVE_ADMIN ORGANIZATION_OBSERVE_MEMBER ORGANIZATION_BILLING_ADMIN
         ORGANIZATION_MEMBER}
   ]],
   CreateWorkspaceRequest = [[
      cicdEnforcedDefault boolean, defaultCloudProvider {AWS AZURE GCP}, defaultClusterId string,
      defaultRegion string, description string, name* string
   ]],
   DeployRollbackRequest = "description string",
   DeploymentEnvironmentVariableRequest = "isSecret* boolean, key* string, value string",
   DeploymentHibernationOverrideRequest = "isHibernating boolean, overrideUntil string",
   DeploymentHibernationSpecRequest = [[
      override DeploymentHibernationOverrideRequest, schedules DeploymentHibernationSchedule[]
   ]],
   DeploymentRemoteExecutionRequest = [[
      allowedIpAddressRanges string[], enabled* boolean, taskLogBucket string, taskLogUrlPattern string
   ]],
   DeploymentScalingSpecRequest = "hibernationSpec DeploymentHibernationSpecRequest",
   ExcludeLinkEnvironmentObjectRequest = "scope* {DEPLOYMENT}, scopeEntityId* string",
   FinalizeDeployRequest = "bundleTarballVersion string, dagTarballVersion string",
   OverrideDeploymentHibernationBody = "isHibernating* boolean, overrideUntil time",
   UpdateApiTokenRequest = "description string, name* string",
   UpdateApiTokenRolesRequest = "roles* ApiTokenRole[]",
   UpdateClusterRequest = [[
      clusterType {DEDICATED}, dbInstanceType string, drPodSubnetRange string, drRegion string,
      drServicePeeringRange string, drServiceSubnetRange string, drVpcSubnetRange string, enableDr boolean,
      enableReplicationTimeControl boolean, isFailedOver boolean, isPrivateNetworkEgressEnabled boolean,
      k8sTags ClusterK8sTag[], name string, nodePools UpdateNodePoolRequest[], workspaceIds string[]
   ]],
   UpdateCustomRoleRequest = "description string, name* string, permissions* string[], restrictedWorkspaceIds string[]",
   UpdateDeployRequest = "description string",
   UpdateDeploymentInstanceSpecRequest = "au* integer, replicas* integer",
   UpdateDeploymentRequest = [[
      contactEmails string[], defaultTaskPodCpu string, defaultTaskPodMemory string, description string,
      drWorkloadIdentity string, environmentVariables* DeploymentEnvironmentVariableRequest[],
      executor* {CELERY KUBERNETES ASTRO}, isCicdEnforced* boolean, isDagDeployEnabled* boolean,
      isDevelopmentMode boolean, isHighAvailability boolean, name* string,
      remoteExecution DeploymentRemoteExecutionRequest, resourceQuotaCpu string, resourceQuotaMemory string,
      scalingSpec DeploymentScalingSpecRequest, schedulerSize {SMALL MEDIUM LARGE EXTRA_LARGE},
      type* {DEDICATED HYBRID STANDARD}, workerQueues UpdateWorkerQueueRequest[], workloadIdentity string,
      workspaceId* string, scheduler UpdateDeploymentInstanceSpecRequest, taskPodNodePoolId string
   ]],
   UpdateEnvironmentObjectAirflowVariableOverridesRequest = "value string",
   UpdateEnvironmentObjectAirflowVariableRequest = "value string",
   UpdateEnvironmentObjectConnectionOverridesRequest = [[
      extra map, host string, login string, password string, port integer, schema string, type string
   ]],
   UpdateEnvironmentObjectConnectionRequest = [[
      authTypeId string, extra map, host string, login string, password string, port integer, schema string,
      type* string
   ]],
   UpdateEnvironmentObjectEnvironmentVariableOverridesRequest = "value string",
   UpdateEnvironmentObjectEnvironmentVariableRequest = "value string",
   UpdateEnvironmentObjectLinkRequest = [[
      overrides UpdateEnvironmentObjectOverridesRequest, scope* {DEPLOYMENT}, scopeEntityId* string
   ]],
   UpdateEnvironmentObjectMetricsExportOverridesRequest = [[
      authType {BASIC AUTH_TOKEN SIGV4}, basicToken string, endpoint string, exporterType {PROMETHEUS}, headers map,
      labels map, password string, sigV4AssumeArn string, sigV4StsRegion string, username string
   ]],
   UpdateEnvironmentObjectMetricsExportRequest = [[
      authType {BASIC AUTH_TOKEN SIGV4}, basicToken string, endpoint string, exporterType {PROMETHEUS}, headers map,
      labels map, password string, sigV4AssumeArn string, sigV4StsRegion string, username string
   ]],
   UpdateEnvironmentObjectOverridesRequest = [[
      airflowVariable UpdateEnvironmentObjectAirflowVariableOverridesRequest,
      connection UpdateEnvironmentObjectConnectionOverridesRequest,
      environmentVariable UpdateEnvironmentObjectEnvironmentVariableOverridesRequest,
      metricsExport UpdateEnvironmentObjectMetricsExportOverridesRequest, unsetFields string[]
   ]],
   UpdateEnvironmentObjectRequest = [[
      airflowVariable UpdateEnvironmentObjectAirflowVariableRequest, autoLinkDeployments boolean,
      connection UpdateEnvironmentObjectConnectionRequest, description string,
      environmentVariable UpdateEnvironmentObjectEnvironmentVariableRequest,
      excludeLinks ExcludeLinkEnvironmentObjectRequest[], links UpdateEnvironmentObjectLinkRequest[],
      metricsExport UpdateEnvironmentObjectMetricsExportRequest
   ]],
   UpdateNodePoolRequest = [[
      id string, isDefault boolean, maxNodeCount* integer, name* string, nodeInstanceType* string
   ]],
   UpdateOrganizationRequest = [[
      allowEnhancedSupportAccess boolean, billingEmail* string, hasAiFeaturesDisabled boolean, isScimEnabled* boolean,
      name* string, shouldEnforceDedicatedClusters boolean
   ]],
   UpdateTeamRequest = "description string, name* string",
   UpdateTeamRolesRequest = [[
      dagRoles DagRole[], deploymentRoles DeploymentRole[], organizationRole* string, workspaceRoles WorkspaceRole[]
   ]],
   UpdateUserRolesRequest = [[
      dagRoles DagRole[], deploymentRoles DeploymentRole[], organizationRole string, workspaceRoles WorkspaceRole[]
   ]],
   UpdateWorkerQueueRequest = [[
      astroMachine {A5 A10 A20 A40 A60 A120 A160}, id string, isDefault* boolean, maxWorkerCount* integer,
      minWorkerCount* integer, name* string, nodePoolId string, podEphemeralStorage string, workerConcurrency* integer
   ]],
   UpdateWorkspaceRequest = [[
      cicdEnforcedDefault* boolean, defaultCloudProvider {AWS AZURE GCP}, defaultClusterId string,
      defaultRegion string, description* string, name* string
   ]],
   WorkerQueueRequest = [[
      astroMachine {A5 A10 A20 A40 A60 A120 A160}, id string, isDefault* boolean, maxWorkerCount* integer,
      minWorkerCount* integer, name* string, nodePoolId string,
      podEphemeralStorage string, workerConcurrency* integer
   ]],
}

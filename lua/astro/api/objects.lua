--- What the API's operations answer, beside the objects of `astro.api.fields`: each field's name and type. Source: the
--- API's reference of v1, July 2026.
---
--- A field is its name, `*` where it is always there, `!` where it is a secret that pictures mask, then its type:
--- "string", "integer", "number", "boolean", "time" (RFC 3339), "map" (any names), the values known in braces, or an
--- object's name; "[]" behind one makes it a list. `astro.api.brief` reads it.

-- stylua: ignore
return {
   AllowedIpAddressRange = [[
      createdAt* time, createdBy BasicSubjectProfile, id* string, ipAddressRange* string, organizationId* string,
      updatedAt* time, updatedBy BasicSubjectProfile
   ]],
   AllowedIpAddressRangesList = "allowedIpAddressRanges* AllowedIpAddressRange[]",
   AllowedIpAddressRangesPaginated = [[
      allowedIpAddressRanges* AllowedIpAddressRange[], limit* integer, offset* integer, totalCount* integer
   ]],
   ApiToken = [[
      createdAt* time, createdBy BasicSubjectProfile, description* string, endAt time, expiryPeriodInDays integer,
      id* string, kind* {STANDARD DIRECT_ACCESS}, lastRotatedAt time, lastUsedAt time, name* string,
      roles ApiTokenRole[], scope* {DEPLOYMENT WORKSPACE ORGANIZATION}, shortToken* string, startAt* time,
      token! string, updatedAt* time, updatedBy BasicSubjectProfile
   ]],
   ApiTokenRole = [[
      deploymentId string, entityId* string, entityType* {DEPLOYMENT WORKSPACE ORGANIZATION DAG DAG_TAG}, role* string
   ]],
   ApiTokensPaginated = "limit* integer, offset* integer, tokens* ApiToken[], totalCount* integer",
   Bundle = "bundleType* string, currentVersion string, deployId* string, desiredVersion string, mountPath* string",
   Cluster = [[
      cloudProvider* {AWS AZURE GCP}, createdAt* time, dbInstanceType* string, drPodSubnetRange string,
      drRegion* string, drSecondaryVpcCidr string, drServicePeeringRange string, drServiceSubnetRange string,
      drVpcSubnetRange string, enableReplicationTimeControl boolean, failoverInProgress boolean,
      healthStatus ClusterHealthStatus, id* string, isDrEnabled* boolean, isFailedOver boolean, isLimited boolean,
      isPrivateNetworkEgressEnabled boolean, metadata ClusterMetadata, name* string, nodePools NodePool[],
      organizationId* string, podSubnetRange string, providerAccount string, region* string, secondaryVpcCidr string,
      servicePeeringRange string, serviceSubnetRange string,
      status* {CREATING CREATED CREATE_FAILED UPDATE_FAILED UPDATING ACCESS_DENIED UPGRADE_PENDING FAILING_OVER
         FAILOVER_FAILED},
      tags ClusterK8sTag[], tenantId string, type* {DEDICATED HYBRID}, updatedAt* time, vpcSubnetRange* string,
      workspaceIds string[]
   ]],
   ClusterHealthStatus = "details ClusterHealthStatusDetail[], value* {HEALTHY UNHEALTHY UNKNOWN}",
   ClusterHealthStatusDetail = "code* string, component string, description* string, severity* string",
   ClusterK8sTag = "key string, value string",
   ClusterMetadata = "externalIPs string[], kubeDnsIp string, oidcIssuerUrl string",
   ClusterOptions = [[
      databaseInstances* ProviderInstanceType[], defaultDatabaseInstance* ProviderInstanceType,
      defaultNodeInstance* ProviderInstanceType, defaultPodSubnetRange string, defaultRegion* ProviderRegion,
      defaultServicePeeringRange string, defaultServiceSubnetRange string, defaultVpcSubnetRange* string,
      nodeCountDefault* integer, nodeCountMax* integer, nodeCountMin* integer, nodeInstances* ProviderInstanceType[],
      provider* {AWS AZURE GCP}, regions* ProviderRegion[]
   ]],
   ClustersPaginated = "clusters* Cluster[], limit* integer, offset* integer, totalCount* integer",
   ConnectionAuthType = [[
      airflowType* string, authMethodName* string, description* string, guidePath string, id* string, name* string,
      parameters* ConnectionAuthTypeParameter[], providerLogo string, providerPackageName* string
   ]],
   ConnectionAuthTypeParameter = [[
      airflowParamName* string, dataType* string, description* string, example string, friendlyName* string,
      isInExtra* boolean, isRequired* boolean, isSecret* boolean, pattern string
   ]],
   CreateEnvironmentObject = "id* string",
   DagRole = "dagId string, dagTag string, deploymentId* string, role* string",
   DefaultRole = [[
      description string, name* string, permissions* string[],
      scopeType* {DEPLOYMENT WORKSPACE ORGANIZATION SYSTEM DAG}
   ]],
   Deploy = [[
      airflowVersion string, astroRuntimeVersion string, bundleMountPath string, bundleUploadUrl! string,
      bundles Bundle[], createdAt* time, createdBySubject BasicSubjectProfile, dagTarballVersion string,
      dagsUploadUrl! string, deploymentId* string, description string, git DeployGit, id* string,
      imageRepository* string, imageTag* string, isDagDeployEnabled* boolean, rollbackFromId string,
      status* {INITIALIZED DEPLOYED FAILED}, type* {IMAGE_AND_DAG IMAGE_ONLY DAG_ONLY}, updatedAt time,
      updatedBySubject BasicSubjectProfile
   ]],
   DeployGit = [[
      account string, authorName string, authorUrl string, authorUsername string, beforeCommitSha string,
      branch string, commitSha* string, commitUrl string, path string, provider* {GITHUB GENERIC}, remoteUrl string,
      repo string
   ]],
   DeploymentLog = [[
      limit* integer, maxNumResults* integer, offset* integer, resultCount* integer, results* DeploymentLogEntry[],
      searchId* string
   ]],
   DeploymentLogEntry = [[
      raw* string, source* {scheduler webserver triggerer worker dag-processor apiserver}, timestamp* number
   ]],
   DeploymentOptions = [[
      executors* string[], resourceQuotas* ResourceQuotaOptions, runtimeReleases* RuntimeRelease[],
      schedulerMachines* SchedulerMachine[], workerMachines* WorkerMachine[], workerQueues* WorkerQueueOptions,
      workloadIdentityOptions WorkloadIdentityOption[]
   ]],
   DeploymentRole = "deploymentId* string, role* string",
   DeploysPaginated = "deploys* Deploy[], limit* integer, offset* integer, totalCount* integer",
   EnvironmentObject = [[
      airflowVariable EnvironmentObjectAirflowVariable, autoLinkDeployments boolean,
      connection EnvironmentObjectConnection, createdAt string, createdBy BasicSubjectProfile, description string,
      environmentVariable EnvironmentObjectEnvironmentVariable, excludeLinks EnvironmentObjectExcludeLink[],
      id string, links EnvironmentObjectLink[], metricsExport EnvironmentObjectMetricsExport, objectKey* string,
      objectType* {CONNECTION ENVIRONMENT_VARIABLE AIRFLOW_VARIABLE METRICS_EXPORT}, scope* {WORKSPACE DEPLOYMENT},
      scopeEntityId* string, setFields* string[], sourceScope {WORKSPACE DEPLOYMENT}, sourceScopeEntityId string,
      updatedAt string, updatedBy BasicSubjectProfile
   ]],
   EnvironmentObjectAirflowVariable = "isSecret* boolean, value*! string",
   EnvironmentObjectAirflowVariableOverrides = "value*! string",
   EnvironmentObjectConnection = [[
      connectionAuthType ConnectionAuthType, extra! map, host string, login string, password! string, port integer,
      schema string, type* string
   ]],
   EnvironmentObjectConnectionOverrides = [[
      extra! map, host string, login string, password! string, port integer, schema string, type string
   ]],
   EnvironmentObjectEnvironmentVariable = "isSecret* boolean, value*! string",
   EnvironmentObjectEnvironmentVariableOverrides = "value*! string",
   EnvironmentObjectExcludeLink = "scope* {DEPLOYMENT}, scopeEntityId* string",
   EnvironmentObjectLink = [[
      airflowVariableOverrides EnvironmentObjectAirflowVariableOverrides,
      connectionOverrides EnvironmentObjectConnectionOverrides,
      environmentVariableOverrides EnvironmentObjectEnvironmentVariableOverrides,
      metricsExportOverrides EnvironmentObjectMetricsExportOverrides, scope* {DEPLOYMENT}, scopeEntityId* string,
      setFields* string[]
   ]],
   EnvironmentObjectMetricsExport = [[
      authType {BASIC AUTH_TOKEN SIGV4}, basicToken! string, endpoint* string, exporterType* {PROMETHEUS},
      headers! map, labels map, password! string, sigV4AssumeArn string, sigV4StsRegion string, username string
   ]],
   EnvironmentObjectMetricsExportOverrides = [[
      authType {BASIC AUTH_TOKEN SIGV4}, basicToken! string, endpoint string, exporterType {PROMETHEUS}, headers! map,
      labels map, password! string, sigV4AssumeArn string, sigV4StsRegion string, username string
   ]],
   EnvironmentObjectsPaginated = [[
      environmentObjects* EnvironmentObject[], limit* integer, offset* integer, totalCount* integer
   ]],
   Invite = [[
      expiresAt* time, inviteId* string, invitee* BasicSubjectProfile, inviter* BasicSubjectProfile,
      organizationId* string, organizationName string, userId string
   ]],
   MachineSpec = "concurrency number, cpu* string, ephemeralStorage string, memory* string",
   ManagedDomain = [[
      createdAt* time, enforcedLogins string[], id* string, name* string, organizationId* string,
      status* {PENDING VERIFIED}, updatedAt* time
   ]],
   NodePool = [[
      cloudProvider* {AWS AZURE GCP}, clusterId* string, createdAt* time, id* string, isDefault* boolean,
      maxNodeCount* integer, name* string, nodeInstanceType* string, supportedAstroMachines string[], updatedAt* time
   ]],
   Organization = [[
      allowEnhancedSupportAccess* boolean, billingEmail string, createdAt* time, createdBy* BasicSubjectProfile,
      hasAiFeaturesDisabled boolean, hasAllowedIpAddressRanges* boolean, id* string,
      isBlockedEnableAiFeatures* boolean, isScimEnabled* boolean, managedDomains ManagedDomain[], name* string,
      paymentMethod {CREDIT_CARD INVOICE AWS_MARKETPLACE AZURE_MARKETPLACE GCP_MARKETPLACE SNOWFLAKE_MARKETPLACE},
      product {HOSTED HYBRID}, productPlans* OrganizationProductPlan[], shouldEnforceDedicatedClusters* boolean,
      status {ACTIVE INACTIVE SUSPENDED}, trialExpiresAt time, updatedAt* time, updatedBy* BasicSubjectProfile
   ]],
   OrganizationProductPlan = [[
      astronomerProduct* {ASTRO}, organizationId* string, productPlanId* string,
      productPlanName* {INACTIVE INTERNAL POV TRIAL BASIC BASIC_PAYGO TEAM_PAYGO STANDARD PREMIUM BUSINESS_CRITICAL
         BUSINESS TEAM ENTERPRISE DEVELOPER DEVELOPER_PAYGO TEAM_V2 BUSINESS_V2 ENTERPRISE_V2 TRIAL_V2
         ENTERPRISE_BUSINESS_CRITICAL IBM_ENTERPRISE}
   ]],
   OrganizationsPaginated = "limit* integer, offset* integer, organizations* Organization[], totalCount* integer",
   PermissionEntry = "action* string, description* string",
   PermissionGroup = "description* string, name* string, permissions* PermissionEntry[], scope* string",
   ProviderInstanceType = "cpu* integer, memory* string, name* string",
   ProviderRegion = "bannedInstances string[], limited boolean, location string, name* string",
   Range = "ceiling* number, default* number, floor* number",
   ResourceOption = "cpu* ResourceRange, memory* ResourceRange",
   ResourceQuotaOptions = "defaultPodSize* ResourceOption, resourceQuota* ResourceOption",
   ResourceRange = "ceiling* string, default* string, floor* string",
   Role = [[
      createdAt* time, createdBy* BasicSubjectProfile, description string, id* string, name* string,
      restrictedWorkspaceIds* string[], scopeType* {DEPLOYMENT WORKSPACE ORGANIZATION}, updatedAt* time,
      updatedBy* BasicSubjectProfile
   ]],
   RoleTemplate = [[
      description string, name* string, permissions* string[],
      scopeType* {DEPLOYMENT WORKSPACE ORGANIZATION SYSTEM DAG}
   ]],
   RoleWithPermission = [[
      createdAt* time, createdBy* BasicSubjectProfile, description string, id* string, name* string,
      permissions* string[], restrictedWorkspaceIds* string[], scopeType* {DEPLOYMENT WORKSPACE ORGANIZATION},
      updatedAt* time, updatedBy* BasicSubjectProfile
   ]],
   RolesPaginated = "defaultRoles DefaultRole[], limit* integer, offset* integer, roles* Role[], totalCount* integer",
   RuntimeRelease = [[
      airflowDatabaseMigration* boolean, airflowVersion* string, channel* string, releaseDate* time,
      stellarDatabaseMigration* boolean, version* string
   ]],
   SchedulerMachine = "name* {SMALL MEDIUM LARGE EXTRA_LARGE}, spec* MachineSpec",
   SelfUser = [[
      avatarUrl* string, createdAt* time, featureFlags SelfUserFeatureFlag[], fullName* string, id* string,
      invites SelfUserInvite[], isIdpManaged boolean, organizationId string, roles SelfUserRole[],
      status* {ACTIVE INACTIVE PENDING BANNED}, updatedAt* time, username* string
   ]],
   SelfUserFeatureFlag = "key* string, value* boolean",
   SelfUserInvite = "expiresAt* time, inviteId* string, organizationId* string",
   SelfUserRole = "role* string, scope* SelfUserRoleScope",
   SelfUserRoleScope = "dagTag string, deploymentId string, entityId* string, type* string",
   SubjectRoles = [[
      dagRoles DagRole[], deploymentRoles DeploymentRole[], organizationRole string, workspaceRoles WorkspaceRole[]
   ]],
   Team = [[
      createdAt* time, createdBy BasicSubjectProfile, dagRoles DagRole[], deploymentRoles DeploymentRole[],
      description string, id* string, isIdpManaged* boolean, name* string, organizationId* string,
      organizationRole* {ORGANIZATION_OWNER ORGANIZATION_OBSERVE_ADMIN ORGANIZATION_OBSERVE_MEMBER
         ORGANIZATION_BILLING_ADMIN ORGANIZATION_MEMBER},
      rolesCount integer, updatedAt* time, updatedBy BasicSubjectProfile, workspaceRoles WorkspaceRole[]
   ]],
   TeamMember = "avatarUrl string, createdAt time, fullName string, userId* string, username* string",
   TeamMembersPaginated = "limit* integer, offset* integer, teamMembers* TeamMember[], totalCount* integer",
   TeamsPaginated = "limit* integer, offset* integer, teams* Team[], totalCount* integer",
   User = [[
      avatarUrl* string, createdAt* time, dagRoles DagRole[], deploymentRoles DeploymentRole[], fullName* string,
      id* string,
      organizationRole {ORGANIZATION_OWNER ORGANIZATION_OBSERVE_ADMIN ORGANIZATION_OBSERVE_MEMBER
         ORGANIZATION_BILLING_ADMIN ORGANIZATION_MEMBER},
      status* {ACTIVE INACTIVE PENDING BANNED}, updatedAt* time, username* string, workspaceRoles WorkspaceRole[]
   ]],
   UserTeamMembership = [[
      dagRoles DagRole[], deploymentRoles DeploymentRole[], description string, id* string, isIdpManaged* boolean,
      name* string,
      organizationRole* {ORGANIZATION_OWNER ORGANIZATION_OBSERVE_ADMIN ORGANIZATION_OBSERVE_MEMBER
         ORGANIZATION_BILLING_ADMIN ORGANIZATION_MEMBER},
      rolesCount integer, workspaceRoles WorkspaceRole[]
   ]],
   UserTeamsPaginated = "limit* integer, offset* integer, teams* UserTeamMembership[], totalCount* integer",
   UsersPaginated = "limit* integer, offset* integer, totalCount* integer, users* User[]",
   WorkerMachine = "concurrency* Range, name* {A5 A10 A20 A40 A60 A120 A160}, spec* MachineSpec",
   WorkerQueueOptions = "maxWorkers* Range, minWorkers* Range, workerConcurrency* Range",
   WorkloadIdentityOption = "label* string, role* string",
   Workspace = [[
      cicdEnforcedDefault* boolean, createdAt* time, createdBy BasicSubjectProfile,
      defaultCloudProvider {AWS AZURE GCP}, defaultClusterId string, defaultRegion string, description string,
      id* string, name* string, organizationId* string, organizationName string, updatedAt* time,
      updatedBy BasicSubjectProfile
   ]],
   WorkspaceRole = [[
      role* {WORKSPACE_OWNER WORKSPACE_OPERATOR WORKSPACE_AUTHOR WORKSPACE_MEMBER WORKSPACE_ACCESSOR},
      workspaceId* string
   ]],
   WorkspacesPaginated = "limit* integer, offset* integer, totalCount* integer, workspaces* Workspace[]",
}

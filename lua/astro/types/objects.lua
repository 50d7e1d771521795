---@meta
-- Made by `make reference` from astro.api.objects and astro.api.bodies: what operations answer, where every
-- field may be absent, and what they take.

---@class astro.AllowedIpAddressRange
---@field createdAt? string
---@field createdBy? astro.BasicSubjectProfile
---@field id? string
---@field ipAddressRange? string
---@field organizationId? string
---@field updatedAt? string
---@field updatedBy? astro.BasicSubjectProfile

---@class astro.AllowedIpAddressRangesList
---@field allowedIpAddressRanges? astro.AllowedIpAddressRange[]

---@class astro.AllowedIpAddressRangesPaginated
---@field allowedIpAddressRanges? astro.AllowedIpAddressRange[]
---@field limit? integer
---@field offset? integer
---@field totalCount? integer

---@class astro.ApiToken
---@field createdAt? string
---@field createdBy? astro.BasicSubjectProfile
---@field description? string
---@field endAt? string
---@field expiryPeriodInDays? integer
---@field id? string
---@field kind? "STANDARD"|"DIRECT_ACCESS"|string
---@field lastRotatedAt? string
---@field lastUsedAt? string
---@field name? string
---@field roles? astro.ApiTokenRole[]
---@field scope? "DEPLOYMENT"|"WORKSPACE"|"ORGANIZATION"|string
---@field shortToken? string
---@field startAt? string
---@field token? string
---@field updatedAt? string
---@field updatedBy? astro.BasicSubjectProfile

---@class astro.ApiTokenRole
---@field deploymentId? string
---@field entityId? string
---@field entityType? "DEPLOYMENT"|"WORKSPACE"|"ORGANIZATION"|"DAG"|"DAG_TAG"|string
---@field role? string

---@class astro.ApiTokensPaginated
---@field limit? integer
---@field offset? integer
---@field tokens? astro.ApiToken[]
---@field totalCount? integer

---@class astro.Bundle
---@field bundleType? string
---@field currentVersion? string
---@field deployId? string
---@field desiredVersion? string
---@field mountPath? string

---@class astro.Cluster
---@field cloudProvider? "AWS"|"AZURE"|"GCP"|string
---@field createdAt? string
---@field dbInstanceType? string
---@field drPodSubnetRange? string
---@field drRegion? string
---@field drSecondaryVpcCidr? string
---@field drServicePeeringRange? string
---@field drServiceSubnetRange? string
---@field drVpcSubnetRange? string
---@field enableReplicationTimeControl? boolean
---@field failoverInProgress? boolean
---@field healthStatus? astro.ClusterHealthStatus
---@field id? string
---@field isDrEnabled? boolean
---@field isFailedOver? boolean
---@field isLimited? boolean
---@field isPrivateNetworkEgressEnabled? boolean
---@field metadata? astro.ClusterMetadata
---@field name? string
---@field nodePools? astro.NodePool[]
---@field organizationId? string
---@field podSubnetRange? string
---@field providerAccount? string
---@field region? string
---@field secondaryVpcCidr? string
---@field servicePeeringRange? string
---@field serviceSubnetRange? string
---@field status? "CREATING"|"CREATED"|"CREATE_FAILED"|"UPDATE_FAILED"|"UPDATING"|"ACCESS_DENIED"|"UPGRADE_PENDING"|"FAILING_OVER"|"FAILOVER_FAILED"|string
---@field tags? astro.ClusterK8sTag[]
---@field tenantId? string
---@field type? "DEDICATED"|"HYBRID"|string
---@field updatedAt? string
---@field vpcSubnetRange? string
---@field workspaceIds? string[]

---@class astro.ClusterHealthStatus
---@field details? astro.ClusterHealthStatusDetail[]
---@field value? "HEALTHY"|"UNHEALTHY"|"UNKNOWN"|string

---@class astro.ClusterHealthStatusDetail
---@field code? string
---@field component? string
---@field description? string
---@field severity? string

---@class astro.ClusterK8sTag
---@field key? string
---@field value? string

---@class astro.ClusterMetadata
---@field externalIPs? string[]
---@field kubeDnsIp? string
---@field oidcIssuerUrl? string

---@class astro.ClusterOptions
---@field databaseInstances? astro.ProviderInstanceType[]
---@field defaultDatabaseInstance? astro.ProviderInstanceType
---@field defaultNodeInstance? astro.ProviderInstanceType
---@field defaultPodSubnetRange? string
---@field defaultRegion? astro.ProviderRegion
---@field defaultServicePeeringRange? string
---@field defaultServiceSubnetRange? string
---@field defaultVpcSubnetRange? string
---@field nodeCountDefault? integer
---@field nodeCountMax? integer
---@field nodeCountMin? integer
---@field nodeInstances? astro.ProviderInstanceType[]
---@field provider? "AWS"|"AZURE"|"GCP"|string
---@field regions? astro.ProviderRegion[]

---@class astro.ClustersPaginated
---@field clusters? astro.Cluster[]
---@field limit? integer
---@field offset? integer
---@field totalCount? integer

---@class astro.ConnectionAuthType
---@field airflowType? string
---@field authMethodName? string
---@field description? string
---@field guidePath? string
---@field id? string
---@field name? string
---@field parameters? astro.ConnectionAuthTypeParameter[]
---@field providerLogo? string
---@field providerPackageName? string

---@class astro.ConnectionAuthTypeParameter
---@field airflowParamName? string
---@field dataType? string
---@field description? string
---@field example? string
---@field friendlyName? string
---@field isInExtra? boolean
---@field isRequired? boolean
---@field isSecret? boolean
---@field pattern? string

---@class astro.CreateEnvironmentObject
---@field id? string

---@class astro.DagRole
---@field dagId? string
---@field dagTag? string
---@field deploymentId? string
---@field role? string

---@class astro.DefaultRole
---@field description? string
---@field name? string
---@field permissions? string[]
---@field scopeType? "DEPLOYMENT"|"WORKSPACE"|"ORGANIZATION"|"SYSTEM"|"DAG"|string

---@class astro.Deploy
---@field airflowVersion? string
---@field astroRuntimeVersion? string
---@field bundleMountPath? string
---@field bundleUploadUrl? string
---@field bundles? astro.Bundle[]
---@field createdAt? string
---@field createdBySubject? astro.BasicSubjectProfile
---@field dagTarballVersion? string
---@field dagsUploadUrl? string
---@field deploymentId? string
---@field description? string
---@field git? astro.DeployGit
---@field id? string
---@field imageRepository? string
---@field imageTag? string
---@field isDagDeployEnabled? boolean
---@field rollbackFromId? string
---@field status? "INITIALIZED"|"DEPLOYED"|"FAILED"|string
---@field type? "IMAGE_AND_DAG"|"IMAGE_ONLY"|"DAG_ONLY"|string
---@field updatedAt? string
---@field updatedBySubject? astro.BasicSubjectProfile

---@class astro.DeployGit
---@field account? string
---@field authorName? string
---@field authorUrl? string
---@field authorUsername? string
---@field beforeCommitSha? string
---@field branch? string
---@field commitSha? string
---@field commitUrl? string
---@field path? string
---@field provider? "GITHUB"|"GENERIC"|string
---@field remoteUrl? string
---@field repo? string

---@class astro.DeploymentLog
---@field limit? integer
---@field maxNumResults? integer
---@field offset? integer
---@field resultCount? integer
---@field results? astro.DeploymentLogEntry[]
---@field searchId? string

---@class astro.DeploymentLogEntry
---@field raw? string
---@field source? "scheduler"|"webserver"|"triggerer"|"worker"|"dag-processor"|"apiserver"|string
---@field timestamp? number

---@class astro.DeploymentOptions
---@field executors? string[]
---@field resourceQuotas? astro.ResourceQuotaOptions
---@field runtimeReleases? astro.RuntimeRelease[]
---@field schedulerMachines? astro.SchedulerMachine[]
---@field workerMachines? astro.WorkerMachine[]
---@field workerQueues? astro.WorkerQueueOptions
---@field workloadIdentityOptions? astro.WorkloadIdentityOption[]

---@class astro.DeploymentRole
---@field deploymentId? string
---@field role? string

---@class astro.DeploysPaginated
---@field deploys? astro.Deploy[]
---@field limit? integer
---@field offset? integer
---@field totalCount? integer

---@class astro.EnvironmentObject
---@field airflowVariable? astro.EnvironmentObjectAirflowVariable
---@field autoLinkDeployments? boolean
---@field connection? astro.EnvironmentObjectConnection
---@field createdAt? string
---@field createdBy? astro.BasicSubjectProfile
---@field description? string
---@field environmentVariable? astro.EnvironmentObjectEnvironmentVariable
---@field excludeLinks? astro.EnvironmentObjectExcludeLink[]
---@field id? string
---@field links? astro.EnvironmentObjectLink[]
---@field metricsExport? astro.EnvironmentObjectMetricsExport
---@field objectKey? string
---@field objectType? "CONNECTION"|"ENVIRONMENT_VARIABLE"|"AIRFLOW_VARIABLE"|"METRICS_EXPORT"|string
---@field scope? "WORKSPACE"|"DEPLOYMENT"|string
---@field scopeEntityId? string
---@field setFields? string[]
---@field sourceScope? "WORKSPACE"|"DEPLOYMENT"|string
---@field sourceScopeEntityId? string
---@field updatedAt? string
---@field updatedBy? astro.BasicSubjectProfile

---@class astro.EnvironmentObjectAirflowVariable
---@field isSecret? boolean
---@field value? string

---@class astro.EnvironmentObjectAirflowVariableOverrides
---@field value? string

---@class astro.EnvironmentObjectConnection
---@field connectionAuthType? astro.ConnectionAuthType
---@field extra? table<string, any>
---@field host? string
---@field login? string
---@field password? string
---@field port? integer
---@field schema? string
---@field type? string

---@class astro.EnvironmentObjectConnectionOverrides
---@field extra? table<string, any>
---@field host? string
---@field login? string
---@field password? string
---@field port? integer
---@field schema? string
---@field type? string

---@class astro.EnvironmentObjectEnvironmentVariable
---@field isSecret? boolean
---@field value? string

---@class astro.EnvironmentObjectEnvironmentVariableOverrides
---@field value? string

---@class astro.EnvironmentObjectExcludeLink
---@field scope? "DEPLOYMENT"|string
---@field scopeEntityId? string

---@class astro.EnvironmentObjectLink
---@field airflowVariableOverrides? astro.EnvironmentObjectAirflowVariableOverrides
---@field connectionOverrides? astro.EnvironmentObjectConnectionOverrides
---@field environmentVariableOverrides? astro.EnvironmentObjectEnvironmentVariableOverrides
---@field metricsExportOverrides? astro.EnvironmentObjectMetricsExportOverrides
---@field scope? "DEPLOYMENT"|string
---@field scopeEntityId? string
---@field setFields? string[]

---@class astro.EnvironmentObjectMetricsExport
---@field authType? "BASIC"|"AUTH_TOKEN"|"SIGV4"|string
---@field basicToken? string
---@field endpoint? string
---@field exporterType? "PROMETHEUS"|string
---@field headers? table<string, any>
---@field labels? table<string, any>
---@field password? string
---@field sigV4AssumeArn? string
---@field sigV4StsRegion? string
---@field username? string

---@class astro.EnvironmentObjectMetricsExportOverrides
---@field authType? "BASIC"|"AUTH_TOKEN"|"SIGV4"|string
---@field basicToken? string
---@field endpoint? string
---@field exporterType? "PROMETHEUS"|string
---@field headers? table<string, any>
---@field labels? table<string, any>
---@field password? string
---@field sigV4AssumeArn? string
---@field sigV4StsRegion? string
---@field username? string

---@class astro.EnvironmentObjectsPaginated
---@field environmentObjects? astro.EnvironmentObject[]
---@field limit? integer
---@field offset? integer
---@field totalCount? integer

---@class astro.Invite
---@field expiresAt? string
---@field inviteId? string
---@field invitee? astro.BasicSubjectProfile
---@field inviter? astro.BasicSubjectProfile
---@field organizationId? string
---@field organizationName? string
---@field userId? string

---@class astro.MachineSpec
---@field concurrency? number
---@field cpu? string
---@field ephemeralStorage? string
---@field memory? string

---@class astro.ManagedDomain
---@field createdAt? string
---@field enforcedLogins? string[]
---@field id? string
---@field name? string
---@field organizationId? string
---@field status? "PENDING"|"VERIFIED"|string
---@field updatedAt? string

---@class astro.NodePool
---@field cloudProvider? "AWS"|"AZURE"|"GCP"|string
---@field clusterId? string
---@field createdAt? string
---@field id? string
---@field isDefault? boolean
---@field maxNodeCount? integer
---@field name? string
---@field nodeInstanceType? string
---@field supportedAstroMachines? string[]
---@field updatedAt? string

---@class astro.Organization
---@field allowEnhancedSupportAccess? boolean
---@field billingEmail? string
---@field createdAt? string
---@field createdBy? astro.BasicSubjectProfile
---@field hasAiFeaturesDisabled? boolean
---@field hasAllowedIpAddressRanges? boolean
---@field id? string
---@field isBlockedEnableAiFeatures? boolean
---@field isScimEnabled? boolean
---@field managedDomains? astro.ManagedDomain[]
---@field name? string
---@field paymentMethod? "CREDIT_CARD"|"INVOICE"|"AWS_MARKETPLACE"|"AZURE_MARKETPLACE"|"GCP_MARKETPLACE"|"SNOWFLAKE_MARKETPLACE"|string
---@field product? "HOSTED"|"HYBRID"|string
---@field productPlans? astro.OrganizationProductPlan[]
---@field shouldEnforceDedicatedClusters? boolean
---@field status? "ACTIVE"|"INACTIVE"|"SUSPENDED"|string
---@field trialExpiresAt? string
---@field updatedAt? string
---@field updatedBy? astro.BasicSubjectProfile

---@class astro.OrganizationProductPlan
---@field astronomerProduct? "ASTRO"|string
---@field organizationId? string
---@field productPlanId? string
---@field productPlanName? "INACTIVE"|"INTERNAL"|"POV"|"TRIAL"|"BASIC"|"BASIC_PAYGO"|"TEAM_PAYGO"|"STANDARD"|"PREMIUM"|"BUSINESS_CRITICAL"|"BUSINESS"|"TEAM"|"ENTERPRISE"|"DEVELOPER"|"DEVELOPER_PAYGO"|"TEAM_V2"|"BUSINESS_V2"|"ENTERPRISE_V2"|"TRIAL_V2"|"ENTERPRISE_BUSINESS_CRITICAL"|"IBM_ENTERPRISE"|string

---@class astro.OrganizationsPaginated
---@field limit? integer
---@field offset? integer
---@field organizations? astro.Organization[]
---@field totalCount? integer

---@class astro.PermissionEntry
---@field action? string
---@field description? string

---@class astro.PermissionGroup
---@field description? string
---@field name? string
---@field permissions? astro.PermissionEntry[]
---@field scope? string

---@class astro.ProviderInstanceType
---@field cpu? integer
---@field memory? string
---@field name? string

---@class astro.ProviderRegion
---@field bannedInstances? string[]
---@field limited? boolean
---@field location? string
---@field name? string

---@class astro.Range
---@field ceiling? number
---@field default? number
---@field floor? number

---@class astro.ResourceOption
---@field cpu? astro.ResourceRange
---@field memory? astro.ResourceRange

---@class astro.ResourceQuotaOptions
---@field defaultPodSize? astro.ResourceOption
---@field resourceQuota? astro.ResourceOption

---@class astro.ResourceRange
---@field ceiling? string
---@field default? string
---@field floor? string

---@class astro.Role
---@field createdAt? string
---@field createdBy? astro.BasicSubjectProfile
---@field description? string
---@field id? string
---@field name? string
---@field restrictedWorkspaceIds? string[]
---@field scopeType? "DEPLOYMENT"|"WORKSPACE"|"ORGANIZATION"|string
---@field updatedAt? string
---@field updatedBy? astro.BasicSubjectProfile

---@class astro.RoleTemplate
---@field description? string
---@field name? string
---@field permissions? string[]
---@field scopeType? "DEPLOYMENT"|"WORKSPACE"|"ORGANIZATION"|"SYSTEM"|"DAG"|string

---@class astro.RoleWithPermission
---@field createdAt? string
---@field createdBy? astro.BasicSubjectProfile
---@field description? string
---@field id? string
---@field name? string
---@field permissions? string[]
---@field restrictedWorkspaceIds? string[]
---@field scopeType? "DEPLOYMENT"|"WORKSPACE"|"ORGANIZATION"|string
---@field updatedAt? string
---@field updatedBy? astro.BasicSubjectProfile

---@class astro.RolesPaginated
---@field defaultRoles? astro.DefaultRole[]
---@field limit? integer
---@field offset? integer
---@field roles? astro.Role[]
---@field totalCount? integer

---@class astro.RuntimeRelease
---@field airflowDatabaseMigration? boolean
---@field airflowVersion? string
---@field channel? string
---@field releaseDate? string
---@field stellarDatabaseMigration? boolean
---@field version? string

---@class astro.SchedulerMachine
---@field name? "SMALL"|"MEDIUM"|"LARGE"|"EXTRA_LARGE"|string
---@field spec? astro.MachineSpec

---@class astro.SelfUser
---@field avatarUrl? string
---@field createdAt? string
---@field featureFlags? astro.SelfUserFeatureFlag[]
---@field fullName? string
---@field id? string
---@field invites? astro.SelfUserInvite[]
---@field isIdpManaged? boolean
---@field organizationId? string
---@field roles? astro.SelfUserRole[]
---@field status? "ACTIVE"|"INACTIVE"|"PENDING"|"BANNED"|string
---@field updatedAt? string
---@field username? string

---@class astro.SelfUserFeatureFlag
---@field key? string
---@field value? boolean

---@class astro.SelfUserInvite
---@field expiresAt? string
---@field inviteId? string
---@field organizationId? string

---@class astro.SelfUserRole
---@field role? string
---@field scope? astro.SelfUserRoleScope

---@class astro.SelfUserRoleScope
---@field dagTag? string
---@field deploymentId? string
---@field entityId? string
---@field type? string

---@class astro.SubjectRoles
---@field dagRoles? astro.DagRole[]
---@field deploymentRoles? astro.DeploymentRole[]
---@field organizationRole? string
---@field workspaceRoles? astro.WorkspaceRole[]

---@class astro.Team
---@field createdAt? string
---@field createdBy? astro.BasicSubjectProfile
---@field dagRoles? astro.DagRole[]
---@field deploymentRoles? astro.DeploymentRole[]
---@field description? string
---@field id? string
---@field isIdpManaged? boolean
---@field name? string
---@field organizationId? string
---@field organizationRole? "ORGANIZATION_OWNER"|"ORGANIZATION_OBSERVE_ADMIN"|"ORGANIZATION_OBSERVE_MEMBER"|"ORGANIZATION_BILLING_ADMIN"|"ORGANIZATION_MEMBER"|string
---@field rolesCount? integer
---@field updatedAt? string
---@field updatedBy? astro.BasicSubjectProfile
---@field workspaceRoles? astro.WorkspaceRole[]

---@class astro.TeamMember
---@field avatarUrl? string
---@field createdAt? string
---@field fullName? string
---@field userId? string
---@field username? string

---@class astro.TeamMembersPaginated
---@field limit? integer
---@field offset? integer
---@field teamMembers? astro.TeamMember[]
---@field totalCount? integer

---@class astro.TeamsPaginated
---@field limit? integer
---@field offset? integer
---@field teams? astro.Team[]
---@field totalCount? integer

---@class astro.User
---@field avatarUrl? string
---@field createdAt? string
---@field dagRoles? astro.DagRole[]
---@field deploymentRoles? astro.DeploymentRole[]
---@field fullName? string
---@field id? string
---@field organizationRole? "ORGANIZATION_OWNER"|"ORGANIZATION_OBSERVE_ADMIN"|"ORGANIZATION_OBSERVE_MEMBER"|"ORGANIZATION_BILLING_ADMIN"|"ORGANIZATION_MEMBER"|string
---@field status? "ACTIVE"|"INACTIVE"|"PENDING"|"BANNED"|string
---@field updatedAt? string
---@field username? string
---@field workspaceRoles? astro.WorkspaceRole[]

---@class astro.UserTeamMembership
---@field dagRoles? astro.DagRole[]
---@field deploymentRoles? astro.DeploymentRole[]
---@field description? string
---@field id? string
---@field isIdpManaged? boolean
---@field name? string
---@field organizationRole? "ORGANIZATION_OWNER"|"ORGANIZATION_OBSERVE_ADMIN"|"ORGANIZATION_OBSERVE_MEMBER"|"ORGANIZATION_BILLING_ADMIN"|"ORGANIZATION_MEMBER"|string
---@field rolesCount? integer
---@field workspaceRoles? astro.WorkspaceRole[]

---@class astro.UserTeamsPaginated
---@field limit? integer
---@field offset? integer
---@field teams? astro.UserTeamMembership[]
---@field totalCount? integer

---@class astro.UsersPaginated
---@field limit? integer
---@field offset? integer
---@field totalCount? integer
---@field users? astro.User[]

---@class astro.WorkerMachine
---@field concurrency? astro.Range
---@field name? "A5"|"A10"|"A20"|"A40"|"A60"|"A120"|"A160"|string
---@field spec? astro.MachineSpec

---@class astro.WorkerQueueOptions
---@field maxWorkers? astro.Range
---@field minWorkers? astro.Range
---@field workerConcurrency? astro.Range

---@class astro.WorkloadIdentityOption
---@field label? string
---@field role? string

---@class astro.Workspace
---@field cicdEnforcedDefault? boolean
---@field createdAt? string
---@field createdBy? astro.BasicSubjectProfile
---@field defaultCloudProvider? "AWS"|"AZURE"|"GCP"|string
---@field defaultClusterId? string
---@field defaultRegion? string
---@field description? string
---@field id? string
---@field name? string
---@field organizationId? string
---@field organizationName? string
---@field updatedAt? string
---@field updatedBy? astro.BasicSubjectProfile

---@class astro.WorkspaceRole
---@field role? "WORKSPACE_OWNER"|"WORKSPACE_OPERATOR"|"WORKSPACE_AUTHOR"|"WORKSPACE_MEMBER"|"WORKSPACE_ACCESSOR"|string
---@field workspaceId? string

---@class astro.WorkspacesPaginated
---@field limit? integer
---@field offset? integer
---@field totalCount? integer
---@field workspaces? astro.Workspace[]

---@class astro.AddTeamMembersRequest
---@field memberIds string[]

---@class astro.BulkCreateAllowedIpAddressRangesRequest
---@field allowedIpAddressRanges string[]

---@class astro.BulkDeleteAllowedIpAddressRangesRequest
---@field allowedIpAddressRangeIds string[]

---@class astro.CreateAgentTokenRequest
---@field description? string
---@field name string
---@field tokenExpiryPeriodInDays? integer

---@class astro.CreateAllowedIpAddressRangeRequest
---@field ipAddressRange string

---@class astro.CreateApiTokenRequest
---@field description? string
---@field entityId? string
---@field kind? "STANDARD"|"DIRECT_ACCESS"|string
---@field name string
---@field role string
---@field scope "DEPLOYMENT"|"WORKSPACE"|"ORGANIZATION"|string
---@field tokenExpiryPeriodInDays? integer

---@class astro.CreateClusterRequest
---@field cloudProvider "AWS"|"AZURE"|"GCP"|string
---@field dbInstanceType? string
---@field drRegion? string
---@field drSecondaryVpcCidr? string
---@field drVpcSubnetRange? string
---@field enableReplicationTimeControl? boolean
---@field isPrivateNetworkEgressEnabled? boolean
---@field k8sTags? astro.ClusterK8sTag[]
---@field name string
---@field nodePools? astro.CreateNodePoolRequest[]
---@field providerAccount? string
---@field region string
---@field secondaryVpcCidr? string
---@field type "DEDICATED"|"HYBRID"|string
---@field vpcSubnetRange string
---@field workspaceIds? string[]
---@field tenantId? string
---@field drPodSubnetRange? string
---@field drServicePeeringRange? string
---@field drServiceSubnetRange? string
---@field podSubnetRange? string
---@field servicePeeringRange? string
---@field serviceSubnetRange? string

---@class astro.CreateCustomRoleRequest
---@field description? string
---@field name string
---@field permissions string[]
---@field restrictedWorkspaceIds? string[]
---@field scopeType "DEPLOYMENT"|"DAG"|string

---@class astro.CreateDeployGitRequest
---@field account? string
---@field authorName? string
---@field authorUrl? string
---@field authorUsername? string
---@field beforeCommitSha? string
---@field branch? string
---@field commitSha string
---@field commitUrl? string
---@field path? string
---@field provider "GITHUB"|"GENERIC"|string
---@field remoteUrl? string
---@field repo? string

---@class astro.CreateDeployRequest
---@field bundleMountPath? string
---@field bundleType? string
---@field description? string
---@field git? astro.CreateDeployGitRequest
---@field type "IMAGE_AND_DAG"|"IMAGE_ONLY"|"DAG_ONLY"|"BUNDLE"|string

---@class astro.CreateDeploymentInstanceSpecRequest
---@field au? integer
---@field replicas? integer

---@class astro.CreateDeploymentRequest
---@field astroRuntimeVersion? string
---@field clusterId? string
---@field contactEmails? string[]
---@field defaultTaskPodCpu? string
---@field defaultTaskPodMemory? string
---@field description? string
---@field drWorkloadIdentity? string
---@field environmentVariables? astro.DeploymentEnvironmentVariableRequest[]
---@field executor? "CELERY"|"KUBERNETES"|"ASTRO"|string
---@field isCicdEnforced? boolean
---@field isDagDeployEnabled? boolean
---@field isDevelopmentMode? boolean
---@field isHighAvailability? boolean
---@field name string
---@field remoteExecution? astro.DeploymentRemoteExecutionRequest
---@field resourceQuotaCpu? string
---@field resourceQuotaMemory? string
---@field scalingSpec? astro.DeploymentScalingSpecRequest
---@field schedulerSize? "SMALL"|"MEDIUM"|"LARGE"|"EXTRA_LARGE"|string
---@field type? "DEDICATED"|"HYBRID"|"STANDARD"|string
---@field workerQueues? astro.WorkerQueueRequest[]
---@field workloadIdentity? string
---@field workspaceId string
---@field scheduler? astro.CreateDeploymentInstanceSpecRequest
---@field taskPodNodePoolId? string
---@field cloudProvider? "AWS"|"AZURE"|"GCP"|string
---@field region? string

---@class astro.CreateEnvironmentObjectAirflowVariableOverridesRequest
---@field value? string

---@class astro.CreateEnvironmentObjectAirflowVariableRequest
---@field isSecret? boolean
---@field value? string

---@class astro.CreateEnvironmentObjectConnectionOverridesRequest
---@field extra? table<string, any>
---@field host? string
---@field login? string
---@field password? string
---@field port? integer
---@field schema? string
---@field type? string

---@class astro.CreateEnvironmentObjectConnectionRequest
---@field authTypeId? string
---@field extra? table<string, any>
---@field host? string
---@field login? string
---@field password? string
---@field port? integer
---@field schema? string
---@field type string

---@class astro.CreateEnvironmentObjectEnvironmentVariableOverridesRequest
---@field value? string

---@class astro.CreateEnvironmentObjectEnvironmentVariableRequest
---@field isSecret? boolean
---@field value? string

---@class astro.CreateEnvironmentObjectLinkRequest
---@field overrides? astro.CreateEnvironmentObjectOverridesRequest
---@field scope "DEPLOYMENT"|string
---@field scopeEntityId string

---@class astro.CreateEnvironmentObjectMetricsExportOverridesRequest
---@field authType? "BASIC"|"AUTH_TOKEN"|"SIGV4"|string
---@field basicToken? string
---@field endpoint? string
---@field exporterType? "PROMETHEUS"|string
---@field headers? table<string, any>
---@field labels? table<string, any>
---@field password? string
---@field sigV4AssumeArn? string
---@field sigV4StsRegion? string
---@field username? string

---@class astro.CreateEnvironmentObjectMetricsExportRequest
---@field authType? "BASIC"|"AUTH_TOKEN"|"SIGV4"|string
---@field basicToken? string
---@field endpoint string
---@field exporterType "PROMETHEUS"|string
---@field headers? table<string, any>
---@field labels? table<string, any>
---@field password? string
---@field sigV4AssumeArn? string
---@field sigV4StsRegion? string
---@field username? string

---@class astro.CreateEnvironmentObjectOverridesRequest
---@field airflowVariable? astro.CreateEnvironmentObjectAirflowVariableOverridesRequest
---@field connection? astro.CreateEnvironmentObjectConnectionOverridesRequest
---@field environmentVariable? astro.CreateEnvironmentObjectEnvironmentVariableOverridesRequest
---@field metricsExport? astro.CreateEnvironmentObjectMetricsExportOverridesRequest

---@class astro.CreateEnvironmentObjectRequest
---@field airflowVariable? astro.CreateEnvironmentObjectAirflowVariableRequest
---@field autoLinkDeployments? boolean
---@field connection? astro.CreateEnvironmentObjectConnectionRequest
---@field description? string
---@field environmentVariable? astro.CreateEnvironmentObjectEnvironmentVariableRequest
---@field excludeLinks? astro.ExcludeLinkEnvironmentObjectRequest[]
---@field links? astro.CreateEnvironmentObjectLinkRequest[]
---@field metricsExport? astro.CreateEnvironmentObjectMetricsExportRequest
---@field objectKey string
---@field objectType "CONNECTION"|"ENVIRONMENT_VARIABLE"|"AIRFLOW_VARIABLE"|"METRICS_EXPORT"|string
---@field scope "WORKSPACE"|"DEPLOYMENT"|string
---@field scopeEntityId string

---@class astro.CreateNodePoolRequest
---@field isDefault? boolean
---@field maxNodeCount integer
---@field name string
---@field nodeInstanceType string

---@class astro.CreateTeamRequest
---@field description? string
---@field memberIds? string[]
---@field name string
---@field organizationRole? "ORGANIZATION_OWNER"|"ORGANIZATION_OBSERVE_ADMIN"|"ORGANIZATION_OBSERVE_MEMBER"|"ORGANIZATION_BILLING_ADMIN"|"ORGANIZATION_MEMBER"|string

---@class astro.CreateUserInviteRequest
---@field inviteeEmail string
---@field role "ORGANIZATION_OWNER"|"ORGANIZATION_OBSERVE_ADMIN"|"ORGANIZATION_OBSERVE_MEMBER"|"ORGANIZATION_BILLING_ADMIN"|"ORGANIZATION_MEMBER"|string

---@class astro.CreateWorkspaceRequest
---@field cicdEnforcedDefault? boolean
---@field defaultCloudProvider? "AWS"|"AZURE"|"GCP"|string
---@field defaultClusterId? string
---@field defaultRegion? string
---@field description? string
---@field name string

---@class astro.DeployRollbackRequest
---@field description? string

---@class astro.DeploymentEnvironmentVariableRequest
---@field isSecret boolean
---@field key string
---@field value? string

---@class astro.DeploymentHibernationOverrideRequest
---@field isHibernating? boolean
---@field overrideUntil? string

---@class astro.DeploymentHibernationSpecRequest
---@field override? astro.DeploymentHibernationOverrideRequest
---@field schedules? astro.DeploymentHibernationSchedule[]

---@class astro.DeploymentRemoteExecutionRequest
---@field allowedIpAddressRanges? string[]
---@field enabled boolean
---@field taskLogBucket? string
---@field taskLogUrlPattern? string

---@class astro.DeploymentScalingSpecRequest
---@field hibernationSpec? astro.DeploymentHibernationSpecRequest

---@class astro.ExcludeLinkEnvironmentObjectRequest
---@field scope "DEPLOYMENT"|string
---@field scopeEntityId string

---@class astro.FinalizeDeployRequest
---@field bundleTarballVersion? string
---@field dagTarballVersion? string

---@class astro.OverrideDeploymentHibernationBody
---@field isHibernating boolean
---@field overrideUntil? string

---@class astro.UpdateApiTokenRequest
---@field description? string
---@field name string

---@class astro.UpdateApiTokenRolesRequest
---@field roles astro.ApiTokenRole[]

---@class astro.UpdateClusterRequest
---@field clusterType? "DEDICATED"|string
---@field dbInstanceType? string
---@field drPodSubnetRange? string
---@field drRegion? string
---@field drServicePeeringRange? string
---@field drServiceSubnetRange? string
---@field drVpcSubnetRange? string
---@field enableDr? boolean
---@field enableReplicationTimeControl? boolean
---@field isFailedOver? boolean
---@field isPrivateNetworkEgressEnabled? boolean
---@field k8sTags? astro.ClusterK8sTag[]
---@field name? string
---@field nodePools? astro.UpdateNodePoolRequest[]
---@field workspaceIds? string[]

---@class astro.UpdateCustomRoleRequest
---@field description? string
---@field name string
---@field permissions string[]
---@field restrictedWorkspaceIds? string[]

---@class astro.UpdateDeployRequest
---@field description? string

---@class astro.UpdateDeploymentInstanceSpecRequest
---@field au integer
---@field replicas integer

---@class astro.UpdateDeploymentRequest
---@field contactEmails? string[]
---@field defaultTaskPodCpu? string
---@field defaultTaskPodMemory? string
---@field description? string
---@field drWorkloadIdentity? string
---@field environmentVariables astro.DeploymentEnvironmentVariableRequest[]
---@field executor "CELERY"|"KUBERNETES"|"ASTRO"|string
---@field isCicdEnforced boolean
---@field isDagDeployEnabled boolean
---@field isDevelopmentMode? boolean
---@field isHighAvailability? boolean
---@field name string
---@field remoteExecution? astro.DeploymentRemoteExecutionRequest
---@field resourceQuotaCpu? string
---@field resourceQuotaMemory? string
---@field scalingSpec? astro.DeploymentScalingSpecRequest
---@field schedulerSize? "SMALL"|"MEDIUM"|"LARGE"|"EXTRA_LARGE"|string
---@field type "DEDICATED"|"HYBRID"|"STANDARD"|string
---@field workerQueues? astro.UpdateWorkerQueueRequest[]
---@field workloadIdentity? string
---@field workspaceId string
---@field scheduler? astro.UpdateDeploymentInstanceSpecRequest
---@field taskPodNodePoolId? string

---@class astro.UpdateEnvironmentObjectAirflowVariableOverridesRequest
---@field value? string

---@class astro.UpdateEnvironmentObjectAirflowVariableRequest
---@field value? string

---@class astro.UpdateEnvironmentObjectConnectionOverridesRequest
---@field extra? table<string, any>
---@field host? string
---@field login? string
---@field password? string
---@field port? integer
---@field schema? string
---@field type? string

---@class astro.UpdateEnvironmentObjectConnectionRequest
---@field authTypeId? string
---@field extra? table<string, any>
---@field host? string
---@field login? string
---@field password? string
---@field port? integer
---@field schema? string
---@field type string

---@class astro.UpdateEnvironmentObjectEnvironmentVariableOverridesRequest
---@field value? string

---@class astro.UpdateEnvironmentObjectEnvironmentVariableRequest
---@field value? string

---@class astro.UpdateEnvironmentObjectLinkRequest
---@field overrides? astro.UpdateEnvironmentObjectOverridesRequest
---@field scope "DEPLOYMENT"|string
---@field scopeEntityId string

---@class astro.UpdateEnvironmentObjectMetricsExportOverridesRequest
---@field authType? "BASIC"|"AUTH_TOKEN"|"SIGV4"|string
---@field basicToken? string
---@field endpoint? string
---@field exporterType? "PROMETHEUS"|string
---@field headers? table<string, any>
---@field labels? table<string, any>
---@field password? string
---@field sigV4AssumeArn? string
---@field sigV4StsRegion? string
---@field username? string

---@class astro.UpdateEnvironmentObjectMetricsExportRequest
---@field authType? "BASIC"|"AUTH_TOKEN"|"SIGV4"|string
---@field basicToken? string
---@field endpoint? string
---@field exporterType? "PROMETHEUS"|string
---@field headers? table<string, any>
---@field labels? table<string, any>
---@field password? string
---@field sigV4AssumeArn? string
---@field sigV4StsRegion? string
---@field username? string

---@class astro.UpdateEnvironmentObjectOverridesRequest
---@field airflowVariable? astro.UpdateEnvironmentObjectAirflowVariableOverridesRequest
---@field connection? astro.UpdateEnvironmentObjectConnectionOverridesRequest
---@field environmentVariable? astro.UpdateEnvironmentObjectEnvironmentVariableOverridesRequest
---@field metricsExport? astro.UpdateEnvironmentObjectMetricsExportOverridesRequest
---@field unsetFields? string[]

---@class astro.UpdateEnvironmentObjectRequest
---@field airflowVariable? astro.UpdateEnvironmentObjectAirflowVariableRequest
---@field autoLinkDeployments? boolean
---@field connection? astro.UpdateEnvironmentObjectConnectionRequest
---@field description? string
---@field environmentVariable? astro.UpdateEnvironmentObjectEnvironmentVariableRequest
---@field excludeLinks? astro.ExcludeLinkEnvironmentObjectRequest[]
---@field links? astro.UpdateEnvironmentObjectLinkRequest[]
---@field metricsExport? astro.UpdateEnvironmentObjectMetricsExportRequest

---@class astro.UpdateNodePoolRequest
---@field id? string
---@field isDefault? boolean
---@field maxNodeCount integer
---@field name string
---@field nodeInstanceType string

---@class astro.UpdateOrganizationRequest
---@field allowEnhancedSupportAccess? boolean
---@field billingEmail string
---@field hasAiFeaturesDisabled? boolean
---@field isScimEnabled boolean
---@field name string
---@field shouldEnforceDedicatedClusters? boolean

---@class astro.UpdateTeamRequest
---@field description? string
---@field name string

---@class astro.UpdateTeamRolesRequest
---@field dagRoles? astro.DagRole[]
---@field deploymentRoles? astro.DeploymentRole[]
---@field organizationRole string
---@field workspaceRoles? astro.WorkspaceRole[]

---@class astro.UpdateUserRolesRequest
---@field dagRoles? astro.DagRole[]
---@field deploymentRoles? astro.DeploymentRole[]
---@field organizationRole? string
---@field workspaceRoles? astro.WorkspaceRole[]

---@class astro.UpdateWorkerQueueRequest
---@field astroMachine? "A5"|"A10"|"A20"|"A40"|"A60"|"A120"|"A160"|string
---@field id? string
---@field isDefault boolean
---@field maxWorkerCount integer
---@field minWorkerCount integer
---@field name string
---@field nodePoolId? string
---@field podEphemeralStorage? string
---@field workerConcurrency integer

---@class astro.UpdateWorkspaceRequest
---@field cicdEnforcedDefault boolean
---@field defaultCloudProvider? "AWS"|"AZURE"|"GCP"|string
---@field defaultClusterId? string
---@field defaultRegion? string
---@field description string
---@field name string

---@class astro.WorkerQueueRequest
---@field astroMachine? "A5"|"A10"|"A20"|"A40"|"A60"|"A120"|"A160"|string
---@field id? string
---@field isDefault boolean
---@field maxWorkerCount integer
---@field minWorkerCount integer
---@field name string
---@field nodePoolId? string
---@field podEphemeralStorage? string
---@field workerConcurrency integer

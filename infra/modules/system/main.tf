# The whole system in one project. Each module is one concern; this file is the list of them, services.tf what runs.
module "apis" {
  source     = "../apis"
  project_id = var.project_id
}

module "kms" {
  source         = "../kms"
  project_id     = var.project_id
  project_number = var.project_number
  region         = var.region

  depends_on = [module.apis]
}

module "identities" {
  source         = "../identities"
  project_id     = var.project_id
  project_number = var.project_number

  depends_on = [module.apis]
}

module "sign_in" {
  source             = "../sign-in"
  project_id         = var.project_id
  authorized_domains = [var.domain]

  depends_on = [module.apis]
}

module "network" {
  source     = "../network"
  project_id = var.project_id
  region     = var.region

  depends_on = [module.apis]
}

module "records" {
  source     = "../records"
  project_id = var.project_id
  region     = var.region
  kms_key_id = module.kms.key_ids["firestore"]
  rules      = file("${path.module}/../../firestore.rules")
}

module "raw_storage" {
  source          = "../raw-storage"
  project_id      = var.project_id
  project_number  = var.project_number
  region          = var.region
  kms_key_id      = module.kms.key_ids["storage"]
  bucket_name     = var.raw_bucket
  finalized_topic = module.events.topic_ids["raw-upload-finalized"]

  grants = {
    ingestion = { email = local.emails["clarity-ingestion"], role = module.identities.role_names["clarityRawWriter"] }
    analysis  = { email = local.emails["clarity-analysis"], role = module.identities.role_names["clarityRawReader"] }
  }
}

module "secrets" {
  source     = "../secrets"
  project_id = var.project_id
  region     = var.region
  kms_key_id = module.kms.key_ids["secrets"]

  secrets = {
    for secret in distinct(flatten([for service in local.services : values(service.secrets)])) :
    secret => [
      for name, service in local.services : local.emails["clarity-${name}"] if contains(values(service.secrets), secret)
    ]
  }
}

module "images" {
  source         = "../images"
  project_id     = var.project_id
  region         = var.region
  kms_key_id     = module.kms.key_ids["images"]
  deployer_email = local.emails["clarity-deployer"]
}

module "edge" {
  source       = "../edge"
  project_id   = var.project_id
  region       = var.region
  service_name = module.services["ingestion"].name
  domain       = var.domain

  depends_on = [module.apis]
}

module "delivery" {
  source         = "../delivery"
  project_id     = var.project_id
  region         = var.region
  kms_key_id     = module.kms.key_ids["storage"]
  deployer_email = local.emails["clarity-deployer"]
  runtime_emails = { for name, service in module.services : service.name => local.emails["clarity-${name}"] }
  github         = var.github

  depends_on = [module.apis]
}

module "smoke_test" {
  source       = "../smoke-test"
  project_id   = var.project_id
  region       = var.region
  kms_key_id   = module.kms.key_ids["services"]
  runner_email = local.emails["clarity-deployer"]
  egress       = local.egress
}

module "perimeter" {
  source = "../perimeter"
  count  = var.perimeter == null ? 0 : 1

  project_number = var.project_number
  access_policy  = var.perimeter.access_policy
  name           = var.perimeter.name
  enforced       = var.perimeter.enforced
  operators      = var.perimeter.operators

  depends_on = [module.apis]
}

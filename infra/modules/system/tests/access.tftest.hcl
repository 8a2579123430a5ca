mock_provider "google" {}

variables {
  project_id     = "clarity-test"
  project_number = "123456789012"
  region         = "us-central1"
  kms_key_id     = "projects/clarity-test/locations/us-central1/keyRings/clarity/cryptoKeys/any"

  deployer_email     = "clarity-deployer@clarity-test.iam.gserviceaccount.com"
  authorized_domains = ["api.example.org"]
  runtime_emails     = { analysis = "clarity-analysis@clarity-test.iam.gserviceaccount.com" }
  github             = { owner_id = "1", repository_id = "2", repository = "owner/name", ref = "refs/heads/main", environment = "staging" }
}

run "project_wide_roles_are_the_few_that_have_no_narrower_place" {
  command = plan

  module {
    source = "../identities"
  }

  assert {
    condition     = alltrue([for grant in google_project_iam_member.records : grant.role == "roles/datastore.user" && length(grant.condition) == 1])
    error_message = "A service may reach another database, or do more there."
  }

  assert {
    condition     = alltrue([for grant in google_project_iam_member.traces : grant.role == "roles/cloudtrace.agent"])
    error_message = "Traces need cloudtrace.agent alone."
  }

  assert {
    condition     = tolist(google_project_iam_custom_role.this["clarityModelCall"].permissions) == tolist(["aiplatform.endpoints.predict"])
    error_message = "Calling the model needs one permission."
  }

  assert {
    condition     = toset(google_project_iam_custom_role.this["clarityRawWriter"].permissions) == toset(["storage.objects.create", "storage.objects.get"])
    error_message = "Ingestion could list or delete raw uploads, or cannot write them."
  }

  assert {
    condition = toset(google_project_iam_custom_role.this["clarityAccounts"].permissions) == toset([
      for right in ["create", "delete", "get", "sendEmail", "update"] : "firebaseauth.users.${right}"
    ])
    error_message = "Ingestion could change how people sign in, or cannot serve their accounts."
  }

  assert {
    condition     = toset(google_project_iam_custom_role.this["clarityRawReader"].permissions) == toset(["storage.objects.delete", "storage.objects.get", "storage.objects.list"])
    error_message = "Analysis could write raw uploads, or cannot tell what is gone."
  }
}

run "ci_needs_no_key_and_comes_from_one_ref_and_environment_of_one_repository" {
  command = plan

  module {
    source = "../delivery"
  }

  assert {
    condition = (
      google_iam_workload_identity_pool_provider.github.attribute_condition ==
      "assertion.repository_owner_id == '1' && assertion.repository_id == '2' && assertion.ref == 'refs/heads/main' && assertion.environment == 'staging'"
    )
    error_message = "Another repository, ref or environment could deploy."
  }

  assert {
    condition     = google_storage_bucket.sources.public_access_prevention == "enforced" && google_storage_bucket.sources.encryption[0].default_kms_key_name == var.kms_key_id
    error_message = "Sources of builds are public, or have no key of ours."
  }

  assert {
    condition     = alltrue([for grant in google_project_iam_member.builds : !contains(["roles/owner", "roles/editor", "roles/run.admin", "roles/iam.serviceAccountUser"], grant.role)])
    error_message = "The deployer may do more than deploy."
  }
}

run "an_owner_by_name_is_refused" {
  command = plan

  module {
    source = "../delivery"
  }

  variables {
    github = { owner_id = "owner", repository_id = "2", repository = "owner/name", ref = "refs/heads/main", environment = "staging" }
  }

  expect_failures = [var.github]
}

run "people_sign_in_by_their_address_and_leave_through_the_api" {
  command = plan

  module {
    source = "../sign-in"
  }

  assert {
    condition = (
      google_identity_platform_config.this.sign_in[0].email[0].password_required &&
      !google_identity_platform_config.this.sign_in[0].allow_duplicate_emails &&
      !google_identity_platform_config.this.sign_in[0].anonymous[0].enabled
    )
    error_message = "Somebody could come without a name, or twice under one."
  }

  assert {
    condition     = google_identity_platform_config.this.client[0].permissions[0].disabled_user_deletion
    error_message = "An account could go without what belongs to it."
  }

  assert {
    condition     = !google_identity_platform_config.this.monitoring[0].request_logging[0].enabled
    error_message = "Addresses would be logged."
  }
}

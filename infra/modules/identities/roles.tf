locals {
  # Where the narrowest role of Google's is wider than what a service does.
  roles = {
    clarityModelCall = {
      title       = "Clarity: call the language model"
      permissions = ["aiplatform.endpoints.predict"]
    }
    clarityRawWriter = {
      title       = "Clarity: write raw uploads"
      permissions = ["storage.objects.create", "storage.objects.get"]
    }
    # Without the right to list, Cloud Storage answers 403 for what is gone, and neither a message that comes twice nor
    # an erasure that is repeated could tell that it has nothing left to do.
    clarityRawReader = {
      title       = "Clarity: read raw uploads and delete one generation"
      permissions = ["storage.objects.delete", "storage.objects.get", "storage.objects.list"]
    }
    clarityAccounts = {
      title = "Clarity: accounts of people"
      permissions = [
        "firebaseauth.users.create",
        "firebaseauth.users.delete",
        "firebaseauth.users.get",
        "firebaseauth.users.sendEmail",
        "firebaseauth.users.update",
      ]
    }
  }
}

resource "google_project_iam_custom_role" "this" {
  for_each = local.roles

  project     = var.project_id
  role_id     = each.key
  title       = each.value.title
  permissions = each.value.permissions
}

using Microsoft.Playwright;

namespace AiBms.Trials.Browser;

/// <summary>Signs in through the page, as people do.</summary>
static class SignIn
{
    public static async Task AsAsync(IPage page, string address, string name, string secret)
    {
        await page.GotoAsync(address + "/");
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(secret);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }
}

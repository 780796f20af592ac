using Microsoft.Playwright;
using Penstock.Control.Users;
using Penstock.Engine.Configuration;
using static Microsoft.Playwright.Assertions;

namespace Penstock.EndToEnd.Tests.Browser;

public sealed class ScheduleTests(Chromium chromium)
{
    [Fact]
    public async Task Fixed_times_are_saved_shown_published_and_paused()
    {
        await using var house = await House.OpenAsync(chromium);
        var page = await house.SignInAsync(Role.Publisher);
        await page.GotoAsync(house.Address + "/models/users/schedule");
        var times = page.GetByRole(AriaRole.Region, new() { Name = "Next times" });
        await Expect(times).ToContainTextAsync("None by itself.");
        await page.GetByRole(AriaRole.Radio, new() { Name = "At fixed times (cron)" }).CheckAsync();
        var cron = page.GetByLabel("Cron expression");
        await cron.FillAsync("not a time");
        await cron.BlurAsync();
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "cron" })).ToBeVisibleAsync();
        await page.ShouldLookGoodAsync("schedule-wrong", reload: false);

        await cron.FillAsync("30 6 * * 1-5");
        await cron.BlurAsync();
        await Expect(times.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(5);
        await Expect(times.GetByRole(AriaRole.Listitem).First).ToContainTextAsync("06:30");
        await page.ReloadAsync();
        await Expect(cron).ToHaveValueAsync("30 6 * * 1-5");
        await page.ShouldLookGoodAsync("schedule");
        await page.GetByRole(AriaRole.Link, new() { Name = "publish the draft" }).ClickAsync();
        await page.GetByLabel("What did you change, and why?").FillAsync("Each working day before the office opens");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(page.GetByText("Revision 2 is published")).ToBeVisibleAsync();
        (await house.Services.Revisions.CurrentAsync(default))!.Project.Model("users").Schedule // it was just published
            .ShouldBeOfType<CronSchedule>().Cron.ShouldBe("30 6 * * 1-5");

        await page.GotoAsync(house.Address + "/models/users/schedule");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(times).ToContainTextAsync("Paused by Publisher Doe");
        await page.ReloadAsync();
        await Expect(times).ToContainTextAsync("Paused by Publisher Doe");
        await page.ShouldLookGoodAsync("schedule-paused");
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Pause" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Run_in_full_asks_first_and_sends_everything_anew()
    {
        await using var house = await House.OpenAsync(chromium);
        await house.RunAsync();
        var page = await house.SignInAsync(Role.Publisher);
        await page.GotoAsync(house.Address + "/models/users/schedule");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.GetByRole(AriaRole.Button, new() { Name = "Run in full" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("also what has not changed");
        await page.ShouldBeGoodForAllAsync();
        await Screens.TakeAsync(page, "schedule-full");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        (await house.Services.Inspection.RunsAsync(10, default)).Count.ShouldBe(1);

        await page.GetByRole(AriaRole.Button, new() { Name = "Run in full" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Run in full" }).ClickAsync();
        await page.WaitForURLAsync("**/runs/*");
        await Expect(page.GetByText("everything sent anew")).ToBeVisibleAsync();
        await Expect(page.GetByText("Succeeded").First).ToBeVisibleAsync();
        await Expect(page.GetByText("1,000 delivered")).ToBeVisibleAsync();
    }
}

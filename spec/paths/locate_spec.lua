local locate = require "astro.paths.locate"
local read = require "astro.paths.read"
local shape = require "astro.api.shape"

local function find(value, path)
   return locate.find(value, read(path, "get"))
end

local queues = {
   { name = "default", isDefault = true, maxWorkerCount = 10, tags = { "a", "b" } },
   { name = "heavy", isDefault = false, maxWorkerCount = 3, astroMachine = "A40" },
   { name = "", tags = { "c" } },
}

describe("locate", function()
   it("finds an item by number, from either end", function()
      local value = { q = queues }
      assert.equal(queues[1], find(value, "q[1]"))
      assert.equal("heavy", find(value, "q[-2].name"))
      assert.equal(queues[3], find(value, "q[-1]"))
      for _, index in ipairs({ "4", "-4", "-5", "99999999999999999999" }) do
         assert.is_nil(find(value, ("q[%s]"):format(index)))
      end
   end)

   it("finds the first item whose field has a value, of whatever type", function()
      local value = { q = queues }
      assert.equal(queues[2], find(value, "q[name=heavy]"))
      assert.equal(queues[3], find(value, "q[name=]"))
      assert.equal(queues[2], find(value, "q[isDefault=false]"))
      assert.equal(queues[1], find(value, "q[maxWorkerCount=10]"))
      assert.is_nil(find(value, "q[astroMachine=nil]"))
      assert.is_nil(find(value, "q[tags=a]"))
      assert.equal(1, find({ q = { "no table", { k = "a.b=[c", v = 1 } } }, "q[k=a.b=[c].v"))
      assert.equal(1, find({ q = { { k = -1.5e-3, v = 1 } } }, "q[k=-0.0015].v"))
      assert.equal(2, find({ q = { { k = "x", v = 1 }, { k = ' "]', v = 2 } } }, [[q[k=' "]'].v]]))
      assert.equal(queues[2], find(value, 'q[name="heavy"]'))
      assert.equal(queues[2], find(value, "q[name='heavy']"))
      assert.equal(queues[3], find(value, 'q[name=""]'))
      assert.equal(queues[1], find(value, 'q[maxWorkerCount="10"]'))
   end)

   it("finds every item, each star one level less, absent ones left out", function()
      local value = { q = queues, d = { { q = queues }, {}, { q = { { tags = { "d" } } } } } }
      assert.same({ "A40" }, find(value, "q[*].astroMachine"))
      assert.same({ { "a", "b" }, { "c" } }, find(value, "q[*].tags"))
      assert.same({ "a", "b", "c" }, find(value, "q[*].tags[*]"))
      assert.same({ "a", "b", "c", "d" }, find(value, "d[*].q[*].tags[*]"))
      assert.same({ "a", "c", "d" }, find(value, "d[*].q[*].tags[1]"))
      assert.same({}, find({ q = {} }, "q[*].name"))
      assert.same({}, find(value, "q[*].nothing"))
      assert.same({ false }, find({ q = { { x = false }, {} } }, "q[*].x"))
   end)

   it("finds nothing where values are of other kinds than the path expects", function()
      for _, value in ipairs({
         "text",
         7,
         true,
         print,
         {},
         { a = "text" },
         { a = 7 },
         { a = { "x" } },
         { a = { b = 1 } },
      }) do
         for _, path in ipairs({ "a.len", "a[2]", "a[-2]", "a[b=1]", "a.b.c", "a[*].b[*]", "a[1].b" }) do
            local found = find(value, path)
            assert.is_true(found == nil or next(found) == nil, path)
         end
      end
      assert.is_nil(find({ a = { b = 1 } }, "a[*]"))
      assert.is_nil(find({ a = "text" }, "a[*]"))
   end)

   it("finds by either version's name", function()
      local pairs_of_names = 0
      for _, field in ipairs(shape.objects.Deployment) do
         if field.v1beta1 then
            pairs_of_names = pairs_of_names + 1
            for _, there in ipairs({ field.name, field.v1beta1 }) do
               assert.equal("arn", find({ [there] = "arn" }, field.name))
               assert.equal("arn", find({ [there] = "arn" }, field.v1beta1))
               assert.equal(false, find({ x = { { [there] = false } } }, "x[1]." .. field.name))
            end
         end
      end
      assert.equal(2, pairs_of_names)
   end)

   it("gives all values as a list, with a star or without", function()
      local function all(value, path)
         return locate.all(value, read(path, "get"))
      end
      assert.same({ false }, all({ a = false }, "a"))
      assert.same({}, all({}, "a"))
      assert.same({}, all({}, "a[*]"))
      assert.same({ 1, 2 }, all({ a = { 1, 2 } }, "a[*]"))
   end)

   it("knows the field in which a path ends", function()
      local function name_of(path)
         local field = locate.field(read(path, "where"))
         return field and field.name
      end
      assert.equal("status", name_of "status")
      assert.equal("effectiveWorkloadIdentity", name_of "workloadIdentity")
      assert.equal("podCpu", name_of "workerQueues[name=default].podCpu")
      assert.equal("nextEventType", name_of "scalingStatus.hibernationStatus.nextEventType")
      assert.equal("contactEmails", name_of "contactEmails[*]")
      for _, path in ipairs({ "nothing", "status.more", "nothing.status", "workerQueues.nothing" }) do
         assert.is_nil(name_of(path))
      end
   end)
end)
